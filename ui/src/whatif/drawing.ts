/** The rounds of a what-if as a picture to save: the same cards and lines as the explorer draws. */
import type { Card, Line, Picture as Drawn } from "../explorer/renderer";
import { COLUMN, ROW } from "../explorer/tiers";
import type { Mark, Picture } from "./rounds";

interface Words {
  /** Over a column. */
  heading: (round: number, first: Mark) => string;
  /** Below a name: whether it is off, stops, or loses a part. */
  state: (mark: Mark) => string;
  /** Of those that are off and stop nobody. */
  unshown: (count: number) => string;
}

/** A line is full where what it leads to stops for certain, dotted where it possibly does. */
export function drawn({ columns, lines, unshown }: Picture, words: Words): Drawn {
  const place = (column: number, row: number, of: number) => ({ x: column * COLUMN, y: (row - (of - 1) / 2) * ROW });
  const card = (given: Pick<Card, "id" | "type" | "name" | "second" | "at">): Card => ({
    ...given, count: undefined, isPinned: false, isDisputed: false, isPlanned: false, isFaint: false, isGroup: false, hidden: 0,
  });
  const rest = unshown > 0 ? 1 : 0;
  return {
    layout: "tiers",
    cards: [
      ...columns.flatMap(({ round, marks }, column) => marks.map((mark, row) => card({
        id: mark.entity.id, type: mark.entity.type, name: mark.entity.name,
        second: [words.state(mark), mark.product?.name].filter(Boolean).join(" · "),
        at: place(column, row, marks.length + (round === 0 ? rest : 0)),
      }))),
      ...columns.slice(0, rest).map(({ marks }) => ({
        ...card({ id: "", type: "", name: words.unshown(unshown), second: "", at: place(0, marks.length, marks.length + 1) }), isGroup: true,
      })),
    ],
    lines: lines.map(({ from, to, certainty }): Line => ({
      id: `${from} ${to}`, from, to, label: "", status: certainty === "certain" ? "confirmed" : "inferred", isDisputed: false, end: "arrow",
    })),
    columns: columns.map(({ round, marks }, column) => ({
      tier: column, title: marks[0] ? words.heading(round, marks[0]) : "", count: marks.length + (round === 0 ? unshown : 0),
    })),
  };
}
