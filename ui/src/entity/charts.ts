/** What an answer says about shares, as bars: the same bars for every question and every profile. */
import type { Question } from "../api/ask";
import type { Entity, Schemas } from "../api/client";

/** A bar from zero: certain up to `low`, possible up to `high`, in parts of the whole. */
export interface ChartBar {
  key: string;
  /** Whose bar it is, or the words under `chart.` for those who have no name. */
  entity?: Entity | undefined;
  words?: string;
  low: number;
  high: number;
  /** How many, where a bar counts, and of how many where the bars are no parts of one whole; else it is a share. */
  count?: number;
  of?: number;
  /** Nothing bounds it: all of it is hatched, and said to be unknown. */
  isUnknown?: boolean;
  claims: readonly string[];
}

export interface Chart {
  key: string;
  /** What is divided, where a question divides several things. */
  about?: Entity | undefined;
  /** Words under `chart.` that say what is divided. */
  title?: string;
  bars: ChartBar[];
  /** The index of concentration, 0 to 1. */
  index?: readonly number[] | undefined;
  isApproximate?: boolean | undefined;
  /** No share is known: the bars count links. */
  isCounted?: boolean;
  /** Why there is no index. */
  note?: string | undefined;
  /** So many more would have a bar and are not loaded; "some": nobody counted them. */
  unloaded?: number | "some";
}

type Data = Record<string, unknown>;

/** The charts of an answer; undefined where a question has none to draw. */
export function chartsOf(route: Question, data: Data): Chart[] | undefined {
  return DRAWN[route]?.(data as never);
}

/** Whether the answers of a question are drawn. */
export function isDrawn(route: Question): boolean {
  return route in DRAWN;
}

const DRAWN: Partial<Record<Question, (data: never) => Chart[]>> = {
  "/api/v1/entities/{id}/concentration": purchases,
  "/api/v1/entities/{id}/export-dependence": markets,
  "/api/v1/entities/{id}/sellers": sellers,
  "/api/v1/entities/{id}/self-sufficiency": sufficiency,
  "/api/v1/regions/{id}/cooperation": flows,
  "/api/v1/regions/{id}/exports": exporters,
  "/api/v1/clusters/{id}": ties,
};

/** Less than this is no part: bounds are rounded outward. */
const LEAST = 1e-5;

const UNKNOWN = { low: 0, high: 1, isUnknown: true } as const;

function shared(share: readonly number[] | undefined): Pick<ChartBar, "low" | "high" | "isUnknown"> {
  const [low = 0, high = 1] = share ?? [];
  return low < LEAST && high > 1 - LEAST ? UNKNOWN : { low, high };
}

/** Each need of a buyer between its suppliers, the unnamed rest last. */
function purchases({ items }: Schemas["ConcentrationList"]): Chart[] {
  return items.map(({ product, parties, unnamed_share: [least = 0, most = 1], hhi, approximate, claims, why_unknown: note }, place) => {
    const named = parties.reduce((sum, { share }) => sum + (share?.[0] ?? 0), 0);
    const high = Math.min(most, Math.max(least, 1 - named));
    return {
      key: product?.id ?? String(place),
      about: product,
      index: hhi,
      isApproximate: approximate,
      note: parties.some(({ share }) => share !== undefined) ? note : undefined,
      bars: [
        ...parties.map(({ entity, share }) => ({ key: entity.id, entity, ...shared(share), claims })),
        ...(high > LEAST ? [{ key: "rest", words: "unnamed", ...shared([least, high]), claims: [] }] : []),
      ],
    };
  });
}

function markets({ items, total, hhi, approximate }: Schemas["ExportDependence"]): Chart[] {
  if (items.length === 0) return [];
  return [{
    key: "markets", index: hhi, isApproximate: approximate, unloaded: total - items.length,
    bars: items.map(({ country, share, claims }) => ({ key: country.id, entity: country, ...shared(share), claims })),
  }];
}

/** Shares among those who are named, or their links where no amount is known; who else sells is never known. */
function sellers({ items, total, link_count: links, other_makers: makers, other_makers_total: makersTotal, hhi, approximate }: Schemas["SellerList"]): Chart[] {
  if (items.length + makers.length === 0) return [];
  const isCounted = items.every(({ share }) => share === undefined);
  return [{
    key: "sellers", index: hhi, isApproximate: approximate, isCounted: isCounted && items.length > 0, ...(isCounted ? {} : { title: "sellers" }),
    unloaded: total - items.length + makersTotal - makers.length,
    bars: [
      ...items.map(({ entity, share, link_count: own, claims }) => ({
        key: entity.id, entity, claims, ...(isCounted ? counted(own, links) : shared(share)),
      })),
      ...makers.map((entity) => ({ key: entity.id, entity, ...UNKNOWN, claims: [] })),
      { key: "others", words: "others", ...UNKNOWN, claims: [] },
    ],
  }];
}

function counted(count: number, of: number): Pick<ChartBar, "low" | "high" | "count"> {
  const part = of > 0 ? count / of : 0;
  return { low: part, high: part, count };
}

/** Needs that members meet: the rest may be met by a member whom nobody names. */
function sufficiency({ needs_total: all, met_total: met, by_value: values }: Schemas["SufficiencyList"]): Chart[] {
  if (all === 0) return [];
  return [{
    key: "met",
    bars: [
      { key: "needs", words: "met", ...counted(met, all), of: all, high: 1, claims: [] },
      ...(values ?? []).map((one) => ({ key: one.unit, words: "metByValue", ...shared(one.share), claims: [] })),
    ],
  }];
}

/** Links within, out and in; then with whom. */
function flows({ items, total: itemsTotal, by_direction: total }: Schemas["FlowList"]): Chart[] {
  const all = Object.values(total).reduce((sum, one) => sum + one, 0);
  if (all === 0) return [];
  // Those in come last: where some of them are loaded, whoever is not loaded is one of them.
  const unloaded = itemsTotal - items.length;
  const last = items.at(-1)?.direction;
  const part = (direction: string): Chart => ({
    key: direction, title: direction, isCounted: true, unloaded: direction !== last ? 0 : last === "in" || unloaded === 0 ? unloaded : "some",
    bars: items.filter((one) => one.direction === direction).map(({ entity, known, may_be_inside: isOpen, link_count: count, claims }) => ({
      key: entity?.id ?? known, entity, claims, ...counted(count, total[direction] ?? count),
      ...(entity === undefined ? { words: "noPlace", low: 0 } : isOpen ? { words: "mayBeInside", low: 0 } : {}),
    })),
  });
  return [
    {
      key: "directions", title: "directions", isCounted: true,
      bars: ["inside", "out", "in"].map((key) => ({ key, words: key, ...counted(total[key] ?? 0, all), claims: [] })),
    },
    ...["out", "in"].map(part).filter(({ bars }) => bars.length > 0),
  ];
}

/** How many of the exporters of a place sell to each market; one may sell to several. */
function exporters({ items, total, exporters_total: all }: Schemas["RegionExports"]): Chart[] {
  if (items.length === 0) return [];
  return [{
    key: "exporters", title: "exporters", isCounted: true, unloaded: total - items.length,
    bars: items.map(({ country, exporters: count, links }) => ({
      key: country.id, entity: country, ...counted(count, all), claims: links.flatMap(({ claims }) => claims),
    })),
  }];
}

/** Ties among the members beside those with others. */
function ties({ inside_total: inside, outside_total: outside }: Schemas["Cluster"]): Chart[] {
  const all = inside + outside;
  if (all === 0) return [];
  return [{
    key: "ties", title: "ties", isCounted: true,
    bars: [
      { key: "among", words: "among", ...counted(inside, all), claims: [] },
      { key: "beyond", words: "beyond", ...counted(outside, all), claims: [] },
    ],
  }];
}
