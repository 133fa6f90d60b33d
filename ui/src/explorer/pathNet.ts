/** A path as part of a network: who lies on it takes a place in the tiers, and its links are known by name. */
import type { Schemas } from "../api/client";
import { together, sideOf, type Edge, type Net, type NetworkAnswer, type Node } from "./net";

type Tie = Pick<Schemas["HopItem"], "step" | "relation" | "direction"> & { from: { id: string }; to: { id: string } };

export interface FoundPath {
  nodes: readonly Node[];
  edges: readonly Edge[];
  ties: readonly Tie[];
}

/** The entities and links of a path, from a network around those who lie on it. */
export function pathOf(ties: readonly Tie[], network: NetworkAnswer): FoundPath {
  const net = together(network, []);
  const ids = new Set(ties.map(idOf));
  return { ties, nodes: [...net.nodes.values()], edges: net.edges.filter(({ id }) => ids.has(id)) };
}

/** The network with the path in it; whoever is new stands one tier before or after the one whom the path comes from. */
export function withPath(net: Net, path: FoundPath | undefined): Net {
  if (path === undefined || net.nodes.size === 0) return net;
  const own = new Map(path.nodes.map((node) => [node.entity.id, node]));
  const nodes = new Map(net.nodes);
  for (const { from, to, relation, direction } of path.ties) {
    const node = own.get(to.id);
    if (node === undefined || nodes.has(to.id)) continue;
    nodes.set(to.id, { ...node, tier: (nodes.get(from.id)?.tier ?? 0) + (sideOf(relation, direction) === "upstream" ? -1 : 1) });
  }
  for (const [id, node] of own) if (!nodes.has(id)) nodes.set(id, node);
  const known = new Set(net.edges.map(({ id }) => id));
  return {
    ...net, nodes, edges: [...net.edges, ...path.edges.filter(({ id }) => !known.has(id))],
    path: { nodes: new Set(own.keys()), edges: new Set(path.ties.map(idOf)) },
  };
}

function idOf({ from, to, relation, direction }: Tie): string {
  return direction === "in" ? `${to.id} ${relation} ${from.id}` : `${from.id} ${relation} ${to.id}`;
}
