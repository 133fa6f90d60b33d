import { useTerms } from "../words/terms";

const CLASS: Record<string, string> = {
  confirmed: "ok", certain: "ok", actual: "said", asserted: "said", planned: "plan", cancelled: "plan",
  retracted: "plan", inferred: "inf", disputed: "dis", possible: "est",
};
const SIGN: Record<string, string> = {
  confirmed: "check", certain: "check", actual: "ring", asserted: "ring", planned: "dashes", cancelled: "cross",
  retracted: "cross", inferred: "dots", disputed: "differ", possible: "dots",
};

/** The state of a fact: a sign and a word, which its colour only supports. */
export function StatusChip({ status }: { status: string }) {
  const term = useTerms();
  return (
    <span className={`chip ${CLASS[status] ?? ""}`}>
      <svg className="i" viewBox="0 0 16 16" aria-hidden="true">
        <use href={`/static/glyphs.svg#${SIGN[status] ?? "ring"}`} />
      </svg>
      {term("value", status)}
    </span>
  );
}
