/** The nearest suppliers and customers of somebody as a small picture: whom to show, and where each stands. */
import type { Edge, Net, Node } from "../explorer/net";
import { layTiers, ROW as LAID_ROW } from "../explorer/tiers";

/** Sizes in px of the picture, which grows with its card. */
export const SMALL = { width: 372, card: 38, row: 46, gap: 28, widest: 160 } as const;
/** So many on each side, those by whom goods come and go first. */
const MOST = 4;
const ORDER = [
  "SUPPLIES", "UNNAMED_SUPPLIERS_OF", "UNNAMED_CUSTOMERS_OF", "EXPORTS_TO", "UNNAMED_MARKETS_OF", "SELLS_TO", "NEEDS", "PRODUCES", "REQUIRES",
  "COOPERATES_WITH", "MEMBER_OF", "OPERATES", "OWNS",
];

export interface Sketch {
  width: number;
  height: number;
  /** Width of a card. */
  card: number;
  cards: { node: Node; x: number; y: number; isOwn: boolean }[];
  lines: { edge: Edge; path: string }[];
  /** How many neighbours are drawn. */
  shown: number;
}

/** Undefined where nobody is known beside the one it is about. */
export function sketchOf({ nodes, edges }: Net): Sketch | undefined {
  const own = [...nodes.values()].find(({ tier }) => tier === 0);
  if (own === undefined) return undefined;
  const rank = (id: string) => Math.min(...edges.filter(({ from, to }) => from === id || to === id).map(({ relation }) => placeOf(relation)));
  const side = (tier: number) => [...nodes.values()].filter((one) => one.tier === tier)
    .sort((a, b) => rank(a.entity.id) - rank(b.entity.id)).slice(0, MOST);
  const chosen = [...side(-1), own, ...side(1)];
  if (chosen.length === 1) return undefined;
  const ids = new Set(chosen.map(({ entity }) => entity.id));
  const drawn = strongest(edges.filter(({ from, to }) => ids.has(from) && ids.has(to) && (from === own.entity.id || to === own.entity.id)));
  const laid = layTiers(chosen.map(({ entity, tier }) => ({ id: entity.id, tier, name: entity.name })), drawn.map(({ from, to }) => [from, to] as const));
  const tiers = [...new Set(chosen.map(({ tier }) => tier))].sort((a, b) => a - b);
  const card = Math.min(SMALL.widest, (SMALL.width - SMALL.gap * (tiers.length - 1)) / tiers.length);
  const span = tiers.length > 1 ? (SMALL.width - card) / (tiers.length - 1) : 0;
  const rows = [...laid.values()].map(({ y }) => (y / LAID_ROW) * SMALL.row);
  const top = Math.min(...rows);
  const cards = chosen.map((node) => ({
    node, isOwn: node === own,
    x: tiers.indexOf(node.tier) * span,
    y: ((laid.get(node.entity.id)?.y ?? 0) / LAID_ROW) * SMALL.row - top,
  }));
  const at = new Map(cards.map((one) => [one.node.entity.id, one]));
  return {
    width: SMALL.width, height: Math.max(...rows) - top + SMALL.card, card, cards, shown: chosen.length - 1,
    lines: drawn.flatMap((edge) => {
      const [from, to] = [at.get(edge.from), at.get(edge.to)];
      return from && to ? [{ edge, path: pathOf(from, to, card) }] : [];
    }),
  };
}

function placeOf(relation: string): number {
  const place = ORDER.indexOf(relation);
  return place < 0 ? ORDER.length : place;
}

/** One line between two: that of the first kind. */
function strongest(edges: readonly Edge[]): Edge[] {
  const found = new Map<string, Edge>();
  for (const edge of [...edges].sort((a, b) => placeOf(a.relation) - placeOf(b.relation))) {
    const pair = [edge.from, edge.to].sort().join(" ");
    if (!found.has(pair)) found.set(pair, edge);
  }
  return [...found.values()];
}

function pathOf(from: { x: number; y: number }, to: { x: number; y: number }, card: number): string {
  const isRight = to.x > from.x;
  const [start, end] = isRight ? [from.x + card, to.x] : [from.x, to.x + card];
  const [above, below] = [from.y + SMALL.card / 2, to.y + SMALL.card / 2];
  const middle = (start + end) / 2;
  return `M${String(start)} ${String(above)}C${String(middle)} ${String(above)} ${String(middle)} ${String(below)} ${String(end)} ${String(below)}`;
}
