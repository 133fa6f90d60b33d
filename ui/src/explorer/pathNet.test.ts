import { describe, expect, it } from "vitest";
import type { Net, NetworkAnswer } from "./net";
import { pathOf, withPath } from "./pathNet";

const item = (id: string) => ({ entity: { id, name: id, type: "Company" }, tier: 0, relations: {} });
const NETWORK = {
  data: {
    around: [], total: 3, by_status: {}, more: [], items: ["a", "x", "b"].map(item),
    edges: [[1, 0], [1, 2], [0, 2]].map(([from, to]) => ({ from, to, relation: "SUPPLIES", status: "actual", claims_total: 1 })),
  },
  meta: { truncated: false },
} as unknown as NetworkAnswer;
const TIES = [
  { step: 1, from: { id: "a" }, to: { id: "x" }, relation: "SUPPLIES", direction: "in" },
  { step: 2, from: { id: "x" }, to: { id: "b" }, relation: "SUPPLIES", direction: "out" },
];
const node = (id: string, tier: number) =>
  [id, { entity: { id, name: id, type: "Company" }, tier, point: undefined, isTown: true, count: undefined, relations: {} }] as const;
const NET: Net = { nodes: new Map([node("a", 0), node("b", 2)]), edges: [], more: [], isCut: false };

describe("a path in the network", () => {
  it("brings those on it, each in a tier, and its links alone", () => {
    const found = withPath(NET, pathOf(TIES, NETWORK));
    expect([...found.nodes].map(([id, { tier }]) => [id, tier])).toEqual([["a", 0], ["b", 2], ["x", -1]]);
    expect(found.edges.map(({ id }) => id)).toEqual(["x SUPPLIES a", "x SUPPLIES b"]);
    expect([...(found.path?.edges ?? [])]).toEqual(["x SUPPLIES a", "x SUPPLIES b"]);
  });

  it("changes nothing where there is none", () => {
    expect(withPath(NET, undefined)).toBe(NET);
  });
});
