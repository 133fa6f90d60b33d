/** How lines look: their pattern says the status, their end the kind of relation. */
import type { Line } from "./renderer";

/** Dash and gap in px by the status of what a line states, as in tokens.css. */
export const DASHES: Record<string, number[] | undefined> = { planned: [7, 4], inferred: [1, 5], cancelled: [2, 3] };

/** Of a link that has ended. */
export const ENDED = [2, 3];

/** What others fade to, as a share of what they are. */
export const FAINT = 0.45;

const ENDS: Partial<Record<string, Line["end"]>> = {
  SUPPLIES: "arrow", EXPORTS_TO: "arrow", SELLS_TO: "arrow", PRODUCES: "arrow", COOPERATES_WITH: "circle", OWNS: "bar", OPERATES: "bar",
};

/** The end of a line: arrow for supply and sales, circle for cooperation, bar for ownership, else a diamond. */
export function endOf(relation: string): Line["end"] {
  return ENDS[relation] ?? "diamond";
}

/** The ends as paths in a box of 10 by 10, their tip at the right. */
export const END_SHAPES: Record<Line["end"], string> = {
  arrow: "M1 1 9 5 1 9Z", circle: "M1 5a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z", bar: "M8.5 0V10", diamond: "M1 5 5 2 9 5 5 8Z",
};
