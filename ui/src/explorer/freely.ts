/** The free layout: by fcose where nobody stands yet; later ones come beside their neighbours and nobody moves. */
import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import { APART, spots } from "./spots";
import { CARD, type Placed } from "./tiers";

cytoscape.use(fcose);

/** Up to so many are laid out with care, in about a second; more by the spectrum alone, 1,000 in a third of one. */
const CAREFULLY_UP_TO = 300;
/** The layout reckons in smaller units: its reach, and with it its time, grows with the length of lines. */
const SCALE = 3.5;
const SEED = 7;
const ROOM = 2;

/**
 * Lay out by closeness.
 *
 * @param nodes ids with where they would stand in tiers: what the layout begins with.
 * @param links pairs of ids.
 * @param kept where some stand already; they stay.
 * @returns centres in px, the same for the same network.
 */
export function layFreely(
  nodes: ReadonlyMap<string, Placed>, links: readonly (readonly [string, string])[], kept: ReadonlyMap<string, Placed>,
): Map<string, Placed> {
  const own = new Map([...kept].filter(([id]) => nodes.has(id)));
  const wanted = own.size === 0 ? byForces(nodes, links) : besideNeighbours(nodes, links, own);
  return new Map([...own, ...spots(wanted, own.values())]);
}

function byForces(nodes: ReadonlyMap<string, Placed>, links: readonly (readonly [string, string])[]): Map<string, Placed> {
  const ids = [...nodes.keys()].sort();
  const isCareful = ids.length <= CAREFULLY_UP_TO;
  const graph = cytoscape({
    headless: true,
    styleEnabled: true,
    style: [{ selector: "node", style: { shape: "rectangle", width: CARD.width / SCALE, height: CARD.height / SCALE } }],
    elements: [
      ...ids.map((id) => ({ data: { id }, position: { x: (nodes.get(id)?.x ?? 0) / SCALE, y: (nodes.get(id)?.y ?? 0) / SCALE } })),
      ...links.map(([source, target], n) => ({ data: { id: `link ${String(n)}`, source, target } })),
    ],
  });
  const options = {
    name: "fcose", animate: false, fit: false, packComponents: false, quality: isCareful ? "default" : "draft", randomize: !isCareful,
  };
  withSeed(() => graph.layout(options).run());
  const found = new Map(ids.map((id) => {
    const { x, y } = graph.getElementById(id).position();
    return [id, { x: x * SCALE, y: y * SCALE }] as const;
  }));
  graph.destroy();
  return isCareful ? found : roomy(found);
}

/** Drawn out until there is room for every card: the spectrum alone heaps them up. */
function roomy(places: ReadonlyMap<string, Placed>): Map<string, Placed> {
  const [xs, ys] = [[...places.values()].map(({ x }) => x).sort((a, b) => a - b), [...places.values()].map(({ y }) => y).sort((a, b) => a - b)];
  const most = (sorted: readonly number[]) => ((sorted[Math.floor(sorted.length * 0.9)] ?? 0) - (sorted[Math.floor(sorted.length * 0.1)] ?? 0)) || 1;
  const wider = Math.max(1, Math.sqrt((places.size * APART.x * APART.y * ROOM) / (most(xs) * most(ys))));
  return new Map([...places].map(([id, { x, y }]) => [id, { x: x * wider, y: y * wider }]));
}

/** The new ones, each where the mean of its placed neighbours is; those without any where the tiers would have them. */
function besideNeighbours(
  nodes: ReadonlyMap<string, Placed>, links: readonly (readonly [string, string])[], own: ReadonlyMap<string, Placed>,
): Map<string, Placed> {
  const neighbours = new Map<string, Placed[]>();
  for (const [one, other] of [...links, ...links.map(([a, b]) => [b, a] as const)]) {
    const place = own.get(other);
    if (place) neighbours.set(one, [...(neighbours.get(one) ?? []), place]);
  }
  const mean = (places: readonly Placed[], of: "x" | "y") => places.reduce((sum, place) => sum + place[of], 0) / places.length;
  return new Map([...nodes].filter(([id]) => !own.has(id)).map(([id, tiered]) => {
    const near = neighbours.get(id);
    return [id, near ? { x: mean(near, "x"), y: mean(near, "y") } : tiered] as const;
  }));
}

/** fcose takes its start from Math.random and can be given no other: seeded, the same network looks the same again. */
function withSeed(perform: () => void): void {
  const random = Math.random;
  let state = SEED;
  Math.random = () => (state = (state * 16807) % 2147483647) / 2147483647;
  try {
    perform();
  } finally {
    Math.random = random;
  }
}
