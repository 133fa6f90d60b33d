/** Where the arrow keys lead: left and right along links into the next tier, up and down inside a tier. */
import type { Card, Line } from "./renderer";
import type { Layout } from "./view";

export type Way = "left" | "right" | "up" | "down";

/**
 * The card that a key leads to.
 *
 * @returns undefined where there is nobody that way.
 */
export function next(from: string | undefined, way: Way, cards: readonly Card[], lines: readonly Line[], layout: Layout = "tiers"): string | undefined {
  const here = cards.find(({ id }) => id === from);
  if (here === undefined) return first(cards);
  if (layout === "free") return nextFreely(here, way, cards, lines);
  const isVertical = way === "up" || way === "down";
  const sign = way === "left" || way === "up" ? -1 : 1;
  const ahead = cards.filter(({ id, at }) =>
    id !== here.id && (isVertical ? at.x === here.at.x && sign * (at.y - here.at.y) > 0 : sign * (at.x - here.at.x) > 1),
  );
  const linked = new Set(lines.flatMap(({ from: a, to: b }) => (a === here.id ? [b] : b === here.id ? [a] : [])));
  const nearest = (among: readonly Card[]) =>
    among.toSorted((a, b) => distance(a, here, isVertical) - distance(b, here, isVertical) || (a.id < b.id ? -1 : 1))[0]?.id;
  return (isVertical ? undefined : nearest(ahead.filter(({ id }) => linked.has(id)))) ?? nearest(ahead);
}

/** Where no tiers lead: whoever is nearest in that quarter of the picture, those linked first. */
function nextFreely(here: Card, way: Way, cards: readonly Card[], lines: readonly Line[]): string | undefined {
  const linked = new Set(lines.flatMap(({ from, to }) => (from === here.id ? [to] : to === here.id ? [from] : [])));
  const ahead = cards.flatMap(({ id, at }) => {
    const [dx, dy] = [at.x - here.at.x, at.y - here.at.y];
    const [forward, aside] = way === "left" || way === "right" ? [way === "left" ? -dx : dx, dy] : [way === "up" ? -dy : dy, dx];
    return id !== here.id && forward > 0 && forward >= Math.abs(aside) ? [{ id, far: Math.hypot(dx, dy) }] : [];
  }).sort((a, b) => a.far - b.far || (a.id < b.id ? -1 : 1));
  return (ahead.find(({ id }) => linked.has(id)) ?? ahead[0])?.id;
}

function first(cards: readonly Card[]): string | undefined {
  return cards.toSorted((a, b) => Math.abs(a.at.x) - Math.abs(b.at.x) || a.at.y - b.at.y)[0]?.id;
}

function distance(one: Card, other: Card, isVertical: boolean): number {
  const [dx, dy] = [Math.abs(one.at.x - other.at.x), Math.abs(one.at.y - other.at.y)];
  return isVertical ? dy : dx * 4 + dy;
}
