/** Free places: who is placed stays, and everybody else takes the free place nearest to the one that is wanted. */
import { CARD, type Placed } from "./tiers";

/** Centres of two cards that do not touch. */
export const APART = { x: CARD.width + 24, y: CARD.height + 18 } as const;
/** Steps of the search, in px: cards are wide and low, so rows are tried before columns. */
const STEP = { x: 40, y: 20 } as const;
/** More than a picture has: one number names a cell. */
const ROWS = 1_000_003;

/**
 * Give each its own place.
 *
 * @param wanted where each would best stand, the first first.
 * @param taken where others stand already.
 * @returns the places of those in `wanted`.
 */
export function spots(wanted: ReadonlyMap<string, Placed>, taken: Iterable<Placed>): Map<string, Placed> {
  const cells = new Map<number, Placed[]>();
  const cellOf = ({ x, y }: Placed) => [Math.floor(x / APART.x), Math.floor(y / APART.y)] as const;
  const key = (column: number, row: number) => column * ROWS + row;
  const take = (place: Placed) => {
    const [column, row] = cellOf(place);
    const cell = cells.get(key(column, row));
    if (cell) cell.push(place);
    else cells.set(key(column, row), [place]);
  };
  const isFree = (place: Placed) => {
    const [column, row] = cellOf(place);
    for (const dx of [-1, 0, 1]) {
      for (const dy of [-1, 0, 1]) {
        for (const { x, y } of cells.get(key(column + dx, row + dy)) ?? []) {
          if (Math.abs(x - place.x) < APART.x && Math.abs(y - place.y) < APART.y) return false;
        }
      }
    }
    return true;
  };
  for (const place of taken) take(place);
  const found = new Map<string, Placed>();
  for (const [id, place] of wanted) {
    const own = nearest(place, isFree);
    take(own);
    found.set(id, own);
  }
  return found;
}

/** Ring by ring around the wanted place; the nearest of a ring wins. */
function nearest(wanted: Placed, isFree: (place: Placed) => boolean): Placed {
  if (isFree(wanted)) return wanted;
  for (let ring = 1; ; ring++) {
    const around: Placed[] = [];
    for (let n = -ring; n <= ring; n++) {
      around.push(
        { x: wanted.x + n * STEP.x, y: wanted.y - ring * STEP.y }, { x: wanted.x + n * STEP.x, y: wanted.y + ring * STEP.y },
        { x: wanted.x - ring * STEP.x, y: wanted.y + n * STEP.y }, { x: wanted.x + ring * STEP.x, y: wanted.y + n * STEP.y },
      );
    }
    const free = around.filter(isFree);
    const far = ({ x, y }: Placed) => Math.hypot(x - wanted.x, y - wanted.y);
    if (free.length > 0) return free.reduce((best, one) => (far(one) < far(best) ? one : best));
  }
}
