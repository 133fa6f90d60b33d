import { describe, expect, it } from "vitest";
import type { Edge, Net, Node } from "../explorer/net";
import { sketchOf, SMALL } from "./sketch";

const node = (id: string, tier: number): Node => ({
  entity: { id, name: id, type: "Plant" }, tier, point: undefined, isTown: false, count: undefined, relations: {},
});
const edge = (from: string, to: string, relation = "SUPPLIES"): Edge => ({
  id: `${from} ${relation} ${to}`, from, to, relation, status: "actual", isDisputed: false, products: [], amount: undefined, claims: 1,
});
const net = (nodes: Node[], edges: Edge[]): Net => ({ nodes: new Map(nodes.map((one) => [one.entity.id, one])), edges, more: [], isCut: false });

describe("the small picture", () => {
  it("shows suppliers left and customers right, none on another, all inside", () => {
    const suppliers = ["a", "b", "c", "d", "e", "f"];
    const sketch = sketchOf(net(
      [node("own", 0), node("buyer", 1), ...suppliers.map((id) => node(id, -1))],
      [edge("own", "buyer"), ...suppliers.map((id) => edge(id, "own", id === "f" ? "SUPPLIES" : "OWNS"))],
    ));
    expect(sketch?.shown).toBe(5);
    const cards = sketch?.cards ?? [];
    expect(cards.some((one) => one.node.entity.id === "f")).toBe(true);
    for (const [place, one] of cards.entries()) {
      expect(one.x >= 0 && one.x + (sketch?.card ?? 0) <= SMALL.width && one.y >= 0 && one.y + SMALL.card <= (sketch?.height ?? 0)).toBe(true);
      for (const other of cards.slice(place + 1)) expect(one.x !== other.x || Math.abs(one.y - other.y) >= SMALL.card).toBe(true);
    }
    const x = (id: string) => cards.find((one) => one.node.entity.id === id)?.x ?? 0;
    expect(x("f") < x("own") && x("own") < x("buyer")).toBe(true);
  });

  it("draws one line between two", () => {
    const sketch = sketchOf(net([node("own", 0), node("a", -1)], [edge("a", "own", "OWNS"), edge("a", "own"), edge("own", "a", "NEEDS")]));
    expect(sketch?.lines.map(({ edge: { relation } }) => relation)).toEqual(["SUPPLIES"]);
  });

  it("is none of somebody alone", () => {
    expect(sketchOf(net([node("own", 0)], []))).toBeUndefined();
  });
});
