/** The picture of a what-if: who is off, who stops in which round, and by whom. */
import type { Entity, Schemas } from "../api/client";

export type Stopped = Schemas["StoppedItem"];
export type Certainty = Stopped["certainty"];

/** What the picture is made of. */
export interface Shock {
  items: readonly Stopped[];
  switched_off: readonly Entity[];
  switched_off_total: number;
  exports: readonly Schemas["TouchedMarket"][];
}

/** A card of the picture. */
export interface Mark {
  entity: Entity;
  /** `part`: it goes on, but loses a market. */
  sign: "off" | "part" | Certainty;
  /** The need that failed, of those that stop. */
  product?: Entity | undefined;
}

/** A line of the picture, from what stopped to what stops by it. */
export interface Line {
  from: string;
  to: string;
  certainty: Certainty;
}

/** Columns from left to right; `unshown` counts those that are off and stop nobody. */
export interface Picture {
  columns: { round: number; marks: Mark[] }[];
  lines: Line[];
  unshown: number;
}

const IDLE_SHOWN = 6;

/** Lay a what-if out by rounds. `products` and `markets` are those that were switched off by name. */
export function picture(shock: Shock, products: readonly Entity[] = [], markets: readonly Entity[] = []): Picture {
  const stopped = new Set(shock.items.map(({ entity }) => entity.id));
  const named = new Set(shock.switched_off.map(({ id }) => id));
  // Of many that are off the service names some; where no product is off, a supplier that brings others down is off too.
  const isOff = ({ id }: Entity) => named.has(id)
    || (products.length === 0 && !stopped.has(id) && shock.switched_off_total > shock.switched_off.length);
  const lines = shock.items.flatMap(({ entity, certainty, because }) => {
    const fallen = because.suppliers.filter((one) => stopped.has(one.id) || isOff(one));
    const missing = products.filter(({ id }) => id === because.product?.id || (products.length === 1 && fallen.length === 0));
    return [...fallen, ...missing].map(({ id }): Line => ({ from: id, to: entity.id, certainty }));
  });
  const culprits = unique(shock.items.flatMap(({ because }) => because.suppliers).filter(isOff));
  const idle = shock.switched_off.filter(({ id }) => !culprits.some((one) => one.id === id));
  const shownIdle = idle.slice(0, Math.max(0, IDLE_SHOWN - culprits.length));
  const first = unique([...products, ...markets, ...culprits, ...shownIdle]);
  const columns: Picture["columns"] = [{ round: 0, marks: first.map((entity) => ({ entity, sign: "off" })) }];
  for (const item of shock.items) {
    columns[item.round] ??= { round: item.round, marks: [] };
    columns[item.round]?.marks.push({ entity: item.entity, sign: item.certainty, product: item.because.product });
  }
  if (shock.items.length === 0) {
    const losers = shock.exports.filter(({ country }) => markets.some(({ id }) => id === country.id));
    columns.push({ round: 1, marks: unique(losers.map(({ exporter }) => exporter)).map((entity) => ({ entity, sign: "part" })) });
    lines.push(...losers.map(({ country, exporter, certainty }) => ({ from: country.id, to: exporter.id, certainty })));
  }
  const shown = columns.filter((column) => (column as typeof column | undefined)?.marks.length);
  order(shown, lines);
  return { columns: shown, lines, unshown: Math.max(0, shock.switched_off_total - culprits.length - shownIdle.length) };
}

/** Those with the same cause stand together: by the mean place of what they stop by, then as they came. */
function order(columns: Picture["columns"], lines: readonly Line[]): void {
  const place = new Map<string, number>();
  for (const { marks } of columns) {
    const mean = new Map(marks.map(({ entity }) => {
      const places = lines.filter(({ to }) => to === entity.id).map(({ from }) => place.get(from) ?? 0);
      return [entity.id, places.reduce((sum, one) => sum + one, 0) / Math.max(1, places.length)];
    }));
    marks.sort((a, b) => (mean.get(a.entity.id) ?? 0) - (mean.get(b.entity.id) ?? 0));
    marks.forEach(({ entity }, row) => place.set(entity.id, row / marks.length));
  }
}

function unique(entities: readonly Entity[]): Entity[] {
  return [...new Map(entities.map((one) => [one.id, one])).values()];
}

/** Why one stops, from the first that stops to itself. */
export function derivation(items: readonly Stopped[], id: string): Stopped[] {
  const byId = new Map(items.map((item) => [item.entity.id, item]));
  const found = new Map<string, Stopped>();
  const visit = (own: string) => {
    const item = byId.get(own);
    if (item === undefined || found.has(own)) return;
    found.set(own, item);
    // Only what stopped earlier can be a cause: supply may go in a circle.
    item.because.suppliers.filter((one) => (byId.get(one.id)?.round ?? 0) < item.round).forEach((one) => { visit(one.id); });
  };
  visit(id);
  return [...found.values()].sort((a, b) => a.round - b.round);
}
