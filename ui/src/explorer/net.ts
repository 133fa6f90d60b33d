/** The network of a view: what was begun with and what was opened since, as one set of entities and links. */
import type { Answer } from "../api/ask";
import type { Entity, Schemas } from "../api/client";
import { REVERSED } from "../parts/drawing";
import type { Figure } from "../words/numbers";
import { filterOf, type Change } from "./changes";
import { fanOf, isOut } from "./hubs";
import type { Opened, Side, View } from "./view";

export interface Node {
  entity: Entity;
  /** 0 = begun with, negative = upstream. */
  tier: number;
  point: [number, number] | undefined;
  isTown: boolean;
  count: { min: number | undefined; max: number | undefined } | undefined;
  relations: Record<string, Record<string, number>>;
}

/** How surely a point is where the entity is: its own site, or only that of its town; undefined where there is none. */
export function precisionOf({ point, isTown }: Node): "site" | "town" | undefined {
  return point && (isTown ? "town" : "site");
}

export interface Edge {
  id: string;
  from: string;
  to: string;
  relation: string;
  status: string;
  isDisputed: boolean;
  /** No source says since or until when: it is there on any day. */
  isUndated?: boolean | undefined;
  products: readonly string[];
  amount: Figure | undefined;
  claims: number;
  /** Where two days are compared: what became of it, and the day on which it is there. */
  change?: Change | undefined;
  seenAt?: string | undefined;
}

/** More neighbours than are shown: a hub's «20 and 117 more». */
export interface More {
  id: string;
  relation: string;
  side: Side;
  shown: number;
  total: number;
}

export interface Net {
  nodes: ReadonlyMap<string, Node>;
  edges: readonly Edge[];
  more: readonly More[];
  isCut: boolean;
  /** Whether two days are compared. */
  isCompared?: boolean | undefined;
  /** Who lies on the path that is shown, and which links are its. */
  path?: { nodes: ReadonlySet<string>; edges: ReadonlySet<string> } | undefined;
}

export type NetworkAnswer = Answer<"/api/v1/network">;

export const NOTHING: Net = { nodes: new Map(), edges: [], more: [], isCut: false };

/** Put answers together; an entity keeps the tier in which it was first seen, those opened stand beside their opener. */
export function together(base: NetworkAnswer, opened: readonly (NetworkAnswer | undefined)[]): Net {
  const nodes = new Map<string, Node>();
  const edges = new Map<string, Edge>();
  const more = new Map<string, More>();
  [base, ...opened].forEach((answer, place) => {
    if (answer === undefined) return;
    const { items, edges: links, more: fans, around } = answer.data;
    const opener = place > 0 ? nodes.get(around[0]?.id ?? "") : undefined;
    const offset = opener?.tier ?? 0;
    for (const item of items) {
      if (!nodes.has(item.entity.id)) nodes.set(item.entity.id, node(item, item.tier + offset));
    }
    for (const link of links) {
      const found = edge(link, items);
      if (found) edges.set(found.id, found);
    }
    for (const fan of fans) {
      const side: Side = fan.direction === "upstream" ? "upstream" : "downstream";
      more.set(`${fan.entity} ${fan.relation} ${side}`, { id: fan.entity, relation: fan.relation, side, shown: fan.shown, total: fan.total });
    }
  });
  const all = [...edges.values()];
  const left = [...more.values()].map((one) => {
    const ends = all.filter(({ relation, from, to }) => relation === one.relation && (isOut(relation, one.side) ? from : to) === one.id);
    return { ...one, shown: Math.max(one.shown, ends.length) }; // some may have been opened since
  }).filter(({ shown, total }) => shown < total);
  return { nodes, edges: all, more: left, isCut: [base, ...opened].some((one) => one?.meta.truncated) };
}

function node(item: Schemas["NodeItem"], tier: number): Node {
  const [lat, lon] = item.point ?? [];
  return {
    entity: item.entity,
    tier,
    point: lat === undefined || lon === undefined ? undefined : [lat, lon],
    isTown: item.point_precision !== "site",
    count: item.entity.type === "PartnerGroup" ? { min: item.count_min, max: item.count_max } : undefined,
    relations: item.relations,
  };
}

/** What a link is known by in every answer: who, by which relation, whom. */
export function linkId(from: Schemas["NodeItem"] | undefined, relation: string, to: Schemas["NodeItem"] | undefined): string {
  return [from?.entity.id, relation, to?.entity.id].join(" ");
}

function edge(link: Schemas["EdgeItem"], items: Schemas["NodeItem"][]): Edge | undefined {
  const [from, to] = [items[link.from]?.entity.id, items[link.to]?.entity.id];
  if (from === undefined || to === undefined) return undefined;
  const figure = link.quantity ?? link.value;
  return {
    id: linkId(items[link.from], link.relation, items[link.to]),
    from,
    to,
    relation: link.relation,
    status: link.status,
    isDisputed: link.disputed ?? false,
    isUndated: link.undated,
    products: link.products ?? [],
    amount: figure && { ...figure, isDelivered: link.basis === "delivery" },
    claims: link.claims_total,
  };
}

/** What the filters and the hidden leave: links whose both ends are shown, and nobody whom no link reaches any more. */
export function seen(net: Net, view: View): Net {
  const off = new Set(view.off);
  const hidden = new Set(view.hidden);
  const begun = new Set(view.focus);
  const isShown = (id: string) => {
    const one = net.nodes.get(id);
    return one !== undefined && !hidden.has(id) && !off.has(one.entity.type);
  };
  const edges = net.edges.filter(
    ({ from, to, relation, status, isDisputed, change }) =>
      isShown(from) && isShown(to) && !off.has(relation) && !off.has(isDisputed ? "disputed" : status)
      && !(net.isCompared && off.has(filterOf(change))),
  );
  const linked = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const nodes = new Map(
    [...net.nodes].filter(([id, one]) => isShown(id) && (linked.has(id) || one.tier === 0 || begun.has(id))),
  );
  return { ...net, nodes, edges, more: net.more.filter(({ id, relation }) => nodes.has(id) && !off.has(relation)) };
}

export type Kind = "change" | "relation" | "status" | "type";

/** How many of each relation, type and status there are, and how many are shown: the legend and the filters. */
export function tally(net: Net, shown: Net): { kind: Kind; name: string; shown: number; total: number }[] {
  const count = (names: string[]) => {
    const found = new Map<string, number>();
    for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
    return found;
  };
  const kinds = {
    change: (of: Net) => count(of.isCompared ? of.edges.map(({ change }) => filterOf(change)) : []),
    relation: (of: Net) => count(of.edges.map(({ relation }) => relation)),
    status: (of: Net) => count(of.edges.map(({ status, isDisputed }) => (isDisputed ? "disputed" : status))),
    type: (of: Net) => count([...of.nodes.values()].map(({ entity }) => entity.type)),
  };
  return (["change", "relation", "status", "type"] as const).flatMap((kind) => {
    const [all, left] = [kinds[kind](net), kinds[kind](shown)];
    return [...all].sort(([, a], [, b]) => b - a).map(([name, total]) => ({ kind, name, shown: left.get(name) ?? 0, total }));
  });
}

/** The side on which a neighbour stands: what is needed before whoever needs it, buyers after; all else as the arrow. */
export function sideOf(relation: string, direction: string): Side {
  return (direction === "out") === REVERSED.has(relation) ? "upstream" : "downstream";
}

/** What can be opened at an entity, by relation and direction, with how many of how many neighbours are shown. */
export interface Openable extends Opened {
  direction: string;
  seen: number;
  total: number;
}

/** Everything that can be opened at an entity; what is shown whole comes last. */
export function unopened(id: string, shown: Net): Openable[] {
  return Object.entries(shown.nodes.get(id)?.relations ?? {}).flatMap(([relation, directions]) =>
    Object.entries(directions).map(([direction, total]) => {
      const seen = seenOf(shown, id, relation, direction);
      return { id, relation, direction, side: sideOf(relation, direction), seen, total, fan: fanOf(seen, total) };
    }),
  ).sort((one, other) => Number(one.seen >= one.total) - Number(other.seen >= other.total));
}

/** How many links of one relation and direction of an entity are shown. */
export function seenOf({ edges }: Net, id: string, relation: string, direction: string): number {
  return edges.filter((edge) => edge.relation === relation && (direction === "out" ? edge.from : edge.to) === id).length;
}
