import { glyphOf } from "./drawing";

/** The shape of an entity's type; the words beside it say the same. */
export function Glyph({ type, size = 18 }: { type: string; size?: number }) {
  return (
    <svg className={`gl g-${glyphOf(type)}`} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <use href={`/static/glyphs.svg#${glyphOf(type)}`} />
    </svg>
  );
}
