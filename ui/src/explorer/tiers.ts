/** Tiers from left to right: the same network is always laid out the same, and what is placed stays where it is. */

export interface Placed {
  x: number;
  y: number;
}

interface Layable {
  id: string;
  tier: number;
  name: string;
}

export const CARD = { width: 164, height: 42 } as const;
export const COLUMN = CARD.width + 79;
export const ROW = CARD.height + 10;
const SWEEPS = 4;

/**
 * Lay tiers out as columns; inside a column by the mean row of the neighbours in the other columns (barycentre),
 * then by name.
 *
 * @param nodes who is shown.
 * @param links pairs of ids.
 * @param kept where some stand already; they keep their place and the others take the free row nearest to theirs.
 * @returns centres in px.
 */
export function layTiers(
  nodes: readonly Layable[],
  links: readonly (readonly [string, string])[],
  kept: ReadonlyMap<string, Placed> = new Map(),
): Map<string, Placed> {
  const columns = new Map<number, Layable[]>();
  for (const node of nodes) {
    const column = columns.get(node.tier);
    if (column) column.push(node);
    else columns.set(node.tier, [node]);
  }
  const tiers = [...columns.keys()].sort((a, b) => a - b);
  const byName = new Intl.Collator("ru").compare;
  for (const column of columns.values()) column.sort((a, b) => byName(a.name, b.name) || (a.id < b.id ? -1 : 1));

  const neighbours = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const [one, other] of links) {
    neighbours.get(one)?.push(other);
    neighbours.get(other)?.push(one);
  }
  const row = new Map<string, number>();
  const number = (column: readonly Layable[]) => {
    column.forEach(({ id }, place) => row.set(id, place - (column.length - 1) / 2));
  };
  columns.forEach(number);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const tier of sweep % 2 ? tiers : tiers.toReversed()) {
      const column = columns.get(tier) ?? [];
      const wanted = new Map(column.map(({ id }) => [id, mean(neighbours.get(id) ?? [], row) ?? row.get(id) ?? 0]));
      column.sort((a, b) => (wanted.get(a.id) ?? 0) - (wanted.get(b.id) ?? 0));
      number(column);
    }
  }

  const placed = new Map<string, Placed>();
  for (const tier of tiers) {
    const column = columns.get(tier) ?? [];
    const taken = new Set<number>();
    for (const { id } of column) {
      const old = kept.get(id);
      if (old) {
        placed.set(id, old);
        taken.add(Math.round(old.y / (ROW / 2)));
      }
    }
    for (const { id } of column) {
      if (placed.has(id)) continue;
      const y = freeRow((row.get(id) ?? 0) * ROW, taken);
      placed.set(id, { x: tier * COLUMN, y });
    }
  }
  return placed;
}

function mean(ids: readonly string[], row: ReadonlyMap<string, number>): number | undefined {
  if (ids.length === 0) return undefined;
  return ids.reduce((sum, id) => sum + (row.get(id) ?? 0), 0) / ids.length;
}

/** The free place nearest to a wanted one; places are half rows, and a card takes two. */
function freeRow(wanted: number, taken: Set<number>): number {
  const half = ROW / 2;
  const start = Math.round(wanted / half);
  const isFree = (place: number) => !taken.has(place) && !taken.has(place - 1) && !taken.has(place + 1);
  for (let distance = 0; ; distance++) {
    for (const place of [start + distance, start - distance]) {
      if (isFree(place)) {
        taken.add(place);
        return place * half;
      }
    }
  }
}
