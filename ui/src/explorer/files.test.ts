import { describe, expect, it } from "vitest";
import { curve, lanes, middle, quadratics } from "./curves";
import { toGeojson } from "./geojson";
import { toGraphml } from "./graphml";
import type { Net } from "./net";
import type { Picture } from "./renderer";
import { toSvg } from "./svg";
import { sheets, toXlsx } from "./workbook";

const node = (id: string, name: string, point?: [number, number], isTown = true) =>
  [id, { entity: { id, name, type: "Plant" }, tier: 0, point, isTown, count: undefined, relations: {} }] as const;
const edge = (from: string, to: string) => ({
  id: `${from} S ${to}`, from, to, relation: "SUPPLIES", status: "actual", isDisputed: false, products: ["x", "y"],
  amount: { low: "1600", unit: "t", per_year: true }, claims: 2,
});
const NET: Net = {
  nodes: new Map([node("a", 'ООО "А" & <Б>\u0001', [48.8, 44.7]), node("b", "=cmd", [55.7, 37.6], false), node("c", "В")]),
  edges: [edge("a", "b"), edge("b", "a"), edge("a", "c")], more: [], isCut: false,
};

function parsed(text: string): Document {
  const found = new DOMParser().parseFromString(text, "application/xml");
  expect(found.querySelector("parsererror")).toBeNull();
  return found;
}

describe("GraphML", () => {
  it("holds every entity and link, whatever their names", async () => {
    const text = await toGraphml(NET).text();
    expect(text.match(/<node /g)).toHaveLength(3);
    expect(text.match(/<edge /g)).toHaveLength(3);
    expect(text).toContain('<data key="node_name">ООО &quot;А&quot; &amp; &lt;Б&gt;</data>');
  });
});

describe("GeoJSON", () => {
  it("says longitude first, and leaves out whoever is not placed", async () => {
    const { features } = JSON.parse(await toGeojson(NET).text()) as { features: { geometry: object; properties: { point_precision?: string } }[] };
    expect(features).toHaveLength(4);
    expect(features[0]?.geometry).toEqual({ type: "Point", coordinates: [44.7, 48.8] });
    expect(features.map(({ properties }) => properties.point_precision)).toEqual(["town", "site", undefined, undefined]);
    expect(features[2]?.geometry).toEqual({ type: "LineString", coordinates: [[44.7, 48.8], [37.6, 55.7]] });
  });
});

describe("the workbook", () => {
  it("has texts and numbers alone, and no formula", () => {
    const cells = sheets(NET).flatMap(({ data }) => data.flat()).filter((one) => one !== null) as { value: unknown; type: unknown }[];
    for (const { value, type } of cells) expect(type === Number ? typeof value : type === String && typeof value).toBe(type === Number ? "number" : "string");
    expect(cells.some(({ value }) => value === "'=cmd")).toBe(true);
    expect(cells.some(({ value }) => value === 1600)).toBe(true);
  });

  it("is written by the library", async () => {
    const bytes = new Uint8Array(await (await toXlsx(NET)).arrayBuffer());
    expect([...bytes.slice(0, 2)]).toEqual([0x50, 0x4b]);
  });
});

const PICTURE: Picture = {
  layout: "tiers",
  cards: ["a", "b"].map((id, place) => ({
    id, type: "Plant", name: `<${id}>`, second: "завод", count: undefined, at: { x: place * 243, y: 0 }, isPinned: false, isDisputed: false, isPlanned: false, isFaint: false, isGroup: false, hidden: 0,
  })),
  lines: ["planned", "actual"].map((status) => ({ id: status, from: "a", to: "b", label: "5 т", status, isDisputed: status === "actual", end: "arrow" })),
  columns: [{ tier: 0, title: "Ярус", count: 2 }],
};

describe("SVG", () => {
  it("draws cards and lines with their patterns, its texts escaped", async () => {
    const file = parsed(await toSvg(PICTURE, {
      colour: (name) => (name === "--font-ui" ? '"Segoe UI", sans-serif' : "#123456"), fold: (text) => [text], title: "A & B", description: "2",
      glyphs: '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="plant"><path d="M0 0" fill="var(--bg-surface)"/></symbol></svg>',
    }).text());
    expect(file.querySelector("title")?.textContent).toBe("A & B");
    expect(file.querySelectorAll("use")).toHaveLength(2);
    expect(file.querySelectorAll('[stroke-dasharray="7 4"]')).toHaveLength(1);
    expect(file.documentElement.textContent).toContain("<a>");
    expect(file.documentElement.outerHTML).not.toContain("var(--");
  });
});

describe("lines", () => {
  const between = (id: string, from: string, to: string) => ({ id, from, to });

  it("keep apart where they join the same two, whichever way they go", () => {
    const found = lanes([between("x", "a", "b"), between("y", "b", "a"), between("z", "a", "c")]);
    expect([...found]).toEqual([["x", -4], ["y", 4]]);
    const many = lanes(Array.from({ length: 30 }, (_, n) => between(String(n), "a", "b")));
    expect(new Set(many.values()).size).toBe(30);
    expect(Math.max(...many.values())).toBeLessThan(21);
  });

  it("leave and arrive at the sides that face each other", () => {
    expect(curve({ x: 0, y: 0 }, { x: 243, y: 52 }, 4)).toMatchObject({ start: [82, 4], end: [161, 56] });
    expect(curve({ x: 243, y: 0 }, { x: 0, y: 0 }).start).toEqual([161, 0]);
    expect(middle(curve({ x: 0, y: 0 }, { x: 243, y: 52 }))).toEqual([121.5, 26]);
  });

  it("are drawn as two pieces that meet in the middle", () => {
    const way = curve({ x: 0, y: 0 }, { x: 443, y: 152 });
    const [one, other] = quadratics(way);
    expect([(one[0] + other[0]) / 2, (one[1] + other[1]) / 2]).toEqual(middle(way));
    expect(one[1]).toBeLessThan(152 / 8);
  });
});
