/** Who was found near, in one shape for suppliers and customers, and as pins. */
import type { Entity, Schemas } from "../api/client";
import type { Pin, Unplaced } from "../map/pins";

type Candidate = Schemas["CandidateItem"];
type Customer = Schemas["CustomerItem"];
export type Rejected = Schemas["RejectedItem"] | Schemas["NotServedItem"];
export type Item = Candidate | Customer;
export type Found = Schemas["LocalPartnerList"] | Schemas["LocalCustomerList"];

export interface Numbered {
  item: Item;
  /** The first place of this entity in the list: it may be listed once for each need. */
  place: number;
}

/** The items with their places; one entity keeps one number. */
export function numbered(items: readonly Item[]): Numbered[] {
  const places = new Map<string, number>();
  return items.map((item) => {
    const place = places.get(item.entity.id) ?? places.size + 1;
    places.set(item.entity.id, place);
    return { item, place };
  });
}

/** What is asked about: products made, needed or sold. */
export function productsOf(item: Item): readonly Entity[] {
  return "products" in item ? item.products : [item.product];
}

/** Pins of all with a point, each entity once; `said` gives the words after a name. */
export function pinsOf(data: Found, said: (item: Item | Rejected) => string): Pin[] {
  const pins: Pin[] = [];
  if (data.point) pins.push(pin(data.of, data.point, data.point_precision, "centre"));
  const seen = new Set<string>(pins.map(({ id }) => id));
  for (const { item, place } of numbered(data.items)) {
    if (!item.point || seen.has(item.entity.id)) continue;
    seen.add(item.entity.id);
    pins.push({ ...pin(item.entity, item.point, item.point_precision, item.certainty), label: String(place), said: said(item) });
  }
  for (const item of data.rejected as readonly Rejected[]) {
    if (!item.point || seen.has(item.entity.id)) continue;
    seen.add(item.entity.id);
    pins.push({ ...pin(item.entity, item.point, item.point_precision, "rejected"), said: said(item) });
  }
  return pins;
}

function pin(entity: Entity, [lat = 0, lon = 0]: readonly number[], precision: string | undefined, kind: string): Pin {
  return { id: entity.id, name: entity.name, lat, lon, precision: precision === "site" ? "site" : "town", kind, place: entity.place };
}

/** Those of whom no point is known, for the tray. */
export function unplacedOf(data: Found): Unplaced[] {
  const seen = new Set<string>();
  return numbered(data.items).flatMap(({ item: { entity, certainty, point }, place }) => {
    if (point || seen.has(entity.id)) return [];
    seen.add(entity.id);
    return [{ id: entity.id, name: entity.name, kind: certainty, label: String(place), place: entity.place }];
  });
}
