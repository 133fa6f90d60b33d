/** How the service draws things itself: signs of types and states, who acts, and which relations are drawn reversed. */
import drawing from "../generated/drawing.json";

const GLYPHS: Partial<Record<string, string>> = drawing.glyphs;
const CHIPS: Partial<Record<string, string[]>> = drawing.chips;

/** Plants, companies and organisations. */
export const ACTORS: readonly string[] = drawing.actors;

/** Relations whose object stands before the subject. */
export const REVERSED: ReadonlySet<string> = new Set(drawing.reversed);

/** The sign of a type in glyphs.svg; its colour is the token `--ent-` and the same name. */
export function glyphOf(type: string): string {
  return GLYPHS[type] ?? "fact";
}

/** The looks of a state: the class of its chip and its sign in glyphs.svg; whatever is in force is merely said. */
export function chipOf(status: string): { looks: string; sign: string } {
  const [looks = "said", sign = "ring"] = CHIPS[status] ?? [];
  return { looks, sign };
}
