/** What is shown as GraphML: yEd, Gephi and networkx read it. */
import { precisionOf, type Net } from "./net";
import { escaped } from "./xml";

type Value = string | number | boolean | undefined;
type Kind = "string" | "int" | "double" | "boolean";

const OF_NODE: Record<string, Kind> = {
  name: "string", type: "string", place: "string", tier: "int", lat: "double", lon: "double", point_precision: "string",
  count_min: "int", count_max: "int",
};
const OF_EDGE: Record<string, Kind> = {
  relation: "string", status: "string", disputed: "boolean", products: "string", amount_low: "double", amount_high: "double",
  unit: "string", per_year: "boolean", claims: "int", change: "string",
};

/** Entities as nodes and links as directed edges, each with its id; what is not known is left out. */
export function toGraphml({ nodes, edges }: Net): Blob {
  const keys = ([["node", OF_NODE], ["edge", OF_EDGE]] as const).flatMap(([of, kinds]) =>
    Object.entries(kinds).map(([name, kind]) => `<key id="${of}_${name}" for="${of}" attr.name="${name}" attr.type="${kind}"/>`),
  );
  const data = (of: string, values: Record<string, Value>) =>
    Object.entries(values).map(([name, value]) =>
      value === undefined ? "" : `<data key="${of}_${name}">${escaped(String(value))}</data>`,
    ).join("");
  const drawn = [...nodes.values()].map((node) => `<node id="${escaped(node.entity.id)}">${data("node", {
    name: node.entity.name, type: node.entity.type, place: node.entity.place, tier: node.tier, lat: node.point?.[0], lon: node.point?.[1],
    point_precision: precisionOf(node), count_min: node.count?.min, count_max: node.count?.max,
  })}</node>`);
  const lines = edges.map((edge) => `<edge id="${escaped(edge.id)}" source="${escaped(edge.from)}" target="${escaped(edge.to)}">${data("edge", {
    relation: edge.relation, status: edge.status, disputed: edge.isDisputed, products: edge.products.join("; ") || undefined,
    amount_low: edge.amount?.low, amount_high: edge.amount?.high, unit: edge.amount?.unit, per_year: edge.amount?.per_year, claims: edge.claims, change: edge.change,
  })}</edge>`);
  return new Blob([[
    '<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">', ...keys,
    '<graph id="zveno" edgedefault="directed">', ...drawn, ...lines, "</graph>", "</graphml>", "",
  ].join("\n")], { type: "application/graphml+xml" });
}
