/** What is shown and placed as GeoJSON (RFC 7946: longitude first): entities as points, links as lines. */
import { precisionOf, type Net, type Node } from "./net";

/** Those whose place is not known are left out, and the links of theirs. */
export function toGeojson({ nodes, edges }: Net): Blob {
  const placed = [...nodes.values()].flatMap((node) => {
    const at = lonLat(node);
    return at === undefined ? [] : [{ node, at }];
  });
  const points = placed.map(({ node, at }) => ({
    type: "Feature",
    id: node.entity.id,
    geometry: { type: "Point", coordinates: at },
    properties: {
      name: node.entity.name, type: node.entity.type, place: node.entity.place ?? null, tier: node.tier, point_precision: precisionOf(node),
    },
  }));
  const lines = edges.flatMap((edge) => {
    const [from, to] = [lonLat(nodes.get(edge.from)), lonLat(nodes.get(edge.to))];
    return from === undefined || to === undefined ? [] : [{
      type: "Feature",
      id: edge.id,
      geometry: { type: "LineString", coordinates: [from, to] },
      properties: {
        from: edge.from, to: edge.to, relation: edge.relation, status: edge.status, disputed: edge.isDisputed,
        products: edge.products, claims: edge.claims, change: edge.change,
      },
    }];
  });
  return new Blob([JSON.stringify({ type: "FeatureCollection", features: [...points, ...lines] }, null, 1)], { type: "application/geo+json" });
}

function lonLat(node: Node | undefined): [number, number] | undefined {
  return node?.point && [node.point[1], node.point[0]];
}
