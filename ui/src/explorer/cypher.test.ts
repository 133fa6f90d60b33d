import { describe, expect, it } from "vitest";
import { claimsOf } from "./cypher";
import type { NetworkAnswer } from "./net";

const answer = (links: readonly (readonly [number, number, string[]])[]) => ({
  data: {
    items: ["a", "b", "c"].map((id) => ({ entity: { id } })),
    edges: links.map(([from, to, claims]) => ({ from, to, relation: "SUPPLIES", claims })),
  },
}) as unknown as NetworkAnswer;

describe("claims of the Cypher file", () => {
  it("are those of the links that are shown, once each", () => {
    const answers = [answer([[0, 1, ["1", "2"]], [1, 2, ["3"]]]), answer([[0, 1, ["2"]], [2, 0, ["4"]]])];
    expect(claimsOf(answers, new Set(["a SUPPLIES b", "c SUPPLIES a"]))).toEqual(["1", "2", "4"]);
    expect(claimsOf(answers, new Set())).toEqual([]);
  });
});
