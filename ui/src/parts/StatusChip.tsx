import { useTerms } from "../words/terms";
import { chipOf } from "./drawing";

/** The state of a fact: a sign and a word, which its colour only supports. */
export function StatusChip({ status }: { status: string }) {
  const term = useTerms();
  const { looks, sign } = chipOf(status);
  return (
    <span className={`chip ${looks}`}>
      <svg className="i" viewBox="0 0 16 16" aria-hidden="true">
        <use href={`/static/glyphs.svg#${sign}`} />
      </svg>
      {term("value", status)}
    </span>
  );
}
