/** The network of a view: what was begun with and what was opened since, as one set of entities and links. */
import type { Answer } from "../api/ask";
import type { Amount, Entity, Schemas } from "../api/client";
import { REVERSED } from "../parts/drawing";
import type { Side, View } from "./view";

export interface Node {
  entity: Entity;
  /** 0 = begun with, negative = upstream. */
  tier: number;
  point: [number, number] | undefined;
  isTown: boolean;
  count: { min: number | undefined; max: number | undefined } | undefined;
  relations: Record<string, Record<string, number>>;
}

export interface Edge {
  id: string;
  from: string;
  to: string;
  relation: string;
  status: string;
  isDisputed: boolean;
  products: readonly string[];
  amount: Amount | undefined;
  claims: number;
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
  return { nodes, edges: [...edges.values()], more: [...more.values()], isCut: [base, ...opened].some((one) => one?.meta.truncated) };
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

function edge(link: Schemas["EdgeItem"], items: Schemas["NodeItem"][]): Edge | undefined {
  const [from, to] = [items[link.from]?.entity.id, items[link.to]?.entity.id];
  if (from === undefined || to === undefined) return undefined;
  return {
    id: `${from} ${link.relation} ${to}`,
    from,
    to,
    relation: link.relation,
    status: link.status,
    isDisputed: link.disputed ?? false,
    products: link.products ?? [],
    amount: link.quantity ?? link.value,
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
    ({ from, to, relation, status, isDisputed }) =>
      isShown(from) && isShown(to) && !off.has(relation) && !off.has(isDisputed ? "disputed" : status),
  );
  const linked = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const nodes = new Map(
    [...net.nodes].filter(([id, one]) => isShown(id) && (linked.has(id) || one.tier === 0 || begun.has(id))),
  );
  return { nodes, edges, more: net.more.filter(({ id, relation }) => nodes.has(id) && !off.has(relation)), isCut: net.isCut };
}

/** How many of each relation, type and status there are, and how many are shown: the legend and the filters. */
export function tally(net: Net, shown: Net): { kind: "relation" | "status" | "type"; name: string; shown: number; total: number }[] {
  const count = (names: string[]) => {
    const found = new Map<string, number>();
    for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
    return found;
  };
  const kinds = {
    relation: (of: Net) => count(of.edges.map(({ relation }) => relation)),
    status: (of: Net) => count(of.edges.map(({ status, isDisputed }) => (isDisputed ? "disputed" : status))),
    type: (of: Net) => count([...of.nodes.values()].map(({ entity }) => entity.type)),
  };
  return (["relation", "status", "type"] as const).flatMap((kind) => {
    const [all, left] = [kinds[kind](net), kinds[kind](shown)];
    return [...all].sort(([, a], [, b]) => b - a).map(([name, total]) => ({ kind, name, shown: left.get(name) ?? 0, total }));
  });
}

/** The side on which a neighbour stands: what is needed before whoever needs it, buyers after; all else as the arrow. */
export function sideOf(relation: string, direction: string): Side {
  return (direction === "out") === REVERSED.has(relation) ? "upstream" : "downstream";
}

/** The first relation of an entity of which not all neighbours are shown. */
export function firstUnopened(id: string, net: Net, shown: Net): { relation: string; side: Side } | undefined {
  for (const [relation, directions] of Object.entries(net.nodes.get(id)?.relations ?? {})) {
    for (const [direction, total] of Object.entries(directions)) {
      if (seenOf(shown, id, relation, direction) < total) return { relation, side: sideOf(relation, direction) };
    }
  }
  return undefined;
}

/** How many links of one relation and direction of an entity are shown. */
export function seenOf({ edges }: Net, id: string, relation: string, direction: string): number {
  return edges.filter((edge) => edge.relation === relation && (direction === "out" ? edge.from : edge.to) === id).length;
}
