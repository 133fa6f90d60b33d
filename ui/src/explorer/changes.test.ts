import { describe, expect, it } from "vitest";
import { compared, tallyChanges } from "./changes";
import { seen, tally, type Edge, type Net } from "./net";
import { EMPTY } from "./view";

const edge = (from: string, to: string): Edge => ({
  id: `${from} SUPPLIES ${to}`, from, to, relation: "SUPPLIES", status: "actual", isDisputed: false, products: [], amount: undefined, claims: 1,
});
const net = (edges: Edge[], rest: Partial<Net> = {}): Net => ({
  nodes: new Map(edges.flatMap(({ from, to }) => [from, to]).map((id) => [
    id, { entity: { id, name: id, type: "Plant" }, tier: 0, point: undefined, isTown: true, count: undefined, relations: {} },
  ])),
  edges, more: [], isCut: false, ...rest,
});
const DAYS = { earlier: "2016-01-01", later: undefined };

describe("what changed between two days", () => {
  it("is new where the later day alone has it, and ended where the earlier alone", () => {
    const found = compared(net([edge("a", "b"), edge("b", "c")]), net([edge("a", "b"), edge("d", "b")]), DAYS);
    expect(found.edges.map(({ id, change, seenAt }) => [id, change, seenAt])).toEqual([
      ["a SUPPLIES b", undefined, undefined], ["d SUPPLIES b", "new", undefined], ["b SUPPLIES c", "ended", "2016-01-01"],
    ]);
    expect([...found.nodes.keys()].sort()).toEqual(["a", "b", "c", "d"]);
    expect(tallyChanges(found)).toEqual({ new: 1, ended: 1 });
  });

  it("is not said of links that a hub or a limit may have left out on the other day", () => {
    const hub = { more: [{ id: "b", relation: "SUPPLIES", side: "upstream" as const, shown: 1, total: 5 }] };
    expect(tallyChanges(compared(net([edge("a", "b")], hub), net([edge("d", "b")], hub), DAYS))).toEqual({ new: 0, ended: 0 });
    expect(tallyChanges(compared(net([edge("a", "b")], { isCut: true }), net([edge("d", "b")]), DAYS))).toEqual({ new: 0, ended: 1 });
  });

  it("is a filter and a legend, and only there while two days are compared", () => {
    const found = compared(net([edge("a", "b"), edge("b", "c")]), net([edge("a", "b"), edge("d", "b")]), DAYS);
    expect(tally(found, found).filter(({ kind }) => kind === "change").map(({ name }) => name).sort()).toEqual(["link-ended", "link-new", "link-same"]);
    const left = seen(found, { ...EMPTY, focus: ["b"], off: ["link-same", "link-ended"] });
    expect(left.edges.map(({ id }) => id)).toEqual(["d SUPPLIES b"]);
    const plain = net([edge("a", "b")]);
    expect(seen(plain, { ...EMPTY, focus: ["b"], off: ["link-same"] }).edges).toHaveLength(1);
    expect(tally(plain, plain).some(({ kind }) => kind === "change")).toBe(false);
  });
});
