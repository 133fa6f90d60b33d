/** Where a line runs: it leaves and arrives level, as a curve with two bends; parallel lines keep apart. */
import { CARD, type Placed } from "./tiers";

type Point = readonly [number, number];

export interface Curve {
  start: Point;
  first: Point;
  second: Point;
  end: Point;
}

/** Px between lines that run beside each other. */
const LANE = 8;
const MOST_ASIDE = CARD.height / 2 - 5;
const BULGE = 60;

/**
 * How far each of the lines between the same two cards keeps from the middle, so that none hides another.
 *
 * @returns px by the id of the line; a line alone keeps to the middle and is left out.
 */
export function lanes(lines: readonly { id: string; from: string; to: string }[]): Map<string, number> {
  const pairs = new Map<string, string[]>();
  for (const { id, from, to } of lines) {
    const pair = from < to ? `${from} ${to}` : `${to} ${from}`;
    pairs.set(pair, [...(pairs.get(pair) ?? []), id]);
  }
  const found = new Map<string, number>();
  for (const ids of pairs.values()) {
    const step = Math.min(LANE, (2 * MOST_ASIDE) / Math.max(1, ids.length - 1));
    if (ids.length > 1) ids.forEach((id, place) => found.set(id, (place - (ids.length - 1) / 2) * step));
  }
  return found;
}

/** The curve from the side of one card to that of another; `aside` moves all of it down by px. */
export function curve(from: Placed, to: Placed, aside = 0): Curve {
  const way = to.x > from.x + 1 ? 1 : to.x < from.x - 1 ? -1 : 0;
  const start: Point = [from.x + ((way || 1) * CARD.width) / 2, from.y + aside];
  const end: Point = [to.x + ((way === 0 ? 1 : -way) * CARD.width) / 2, to.y + aside];
  if (way === 0) {
    const out = BULGE + aside * 2; // one above the other: the lanes are loops of different widths
    return { start, first: [start[0] + out, start[1]], second: [end[0] + out, end[1]], end };
  }
  if (Math.abs(to.x - from.x) < CARD.width && Math.abs(to.y - from.y) > CARD.height) return upright(from, to, aside);
  const reach = (end[0] - start[0]) / 2;
  return { start, first: [start[0] + reach, start[1]], second: [end[0] - reach, end[1]], end };
}

/** Nearly above one another, as only a free picture has them: from the lower side to the upper one. */
function upright(from: Placed, to: Placed, aside: number): Curve {
  const way = to.y > from.y ? 1 : -1;
  const start: Point = [from.x + aside, from.y + (way * CARD.height) / 2];
  const end: Point = [to.x + aside, to.y - (way * CARD.height) / 2];
  const reach = (end[1] - start[1]) / 2;
  return { start, first: [start[0], start[1] + reach], second: [end[0], end[1] - reach], end };
}

/** The middle of a curve: where its label stands. */
export function middle({ start, first, second, end }: Curve): Point {
  const at = (n: 0 | 1) => (start[n] + 3 * first[n] + 3 * second[n] + end[n]) / 8;
  return [at(0), at(1)];
}

/** The control points of the two quadratic curves that come nearest to a cubic one; they meet in its middle. */
export function quadratics(way: Curve): [Point, Point] {
  const { start, first, second, end } = way;
  const centre = middle(way);
  const half = (from: Point, near: Point, far: Point): Point => {
    const at = (n: 0 | 1) => {
      const [one, two] = [(from[n] + near[n]) / 2, (near[n] + far[n]) / 2];
      return (3 * (one + (one + two) / 2) - from[n] - centre[n]) / 4;
    };
    return [at(0), at(1)];
  };
  return [half(start, first, second), half(end, second, first)];
}
