import { describe, expect, it } from "vitest";
import { asShare, columnsOf, FACTS, type Fact } from "./facts";

const fact = (name: string): Fact => {
  const found = FACTS.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
};

describe("shares", () => {
  it("are per cent where a number says so by itself", () => {
    expect(["19", "17,5", "0.17", "1", "40 %", "10-20 %", ""].map(asShare)).toEqual(["19 %", "17,5 %", "0.17", "1", "40 %", "10-20 %", ""]);
  });
});

describe("facts by hand", () => {
  it("put the entity of the page at the right end", () => {
    expect(columnsOf(fact("supplier"), "a", "id:b", {})).toEqual({ type: "SUPPLIES", from: "id:b", to: "id:a" });
    expect(columnsOf(fact("customer"), "a", "new:B", {})).toEqual({ type: "SUPPLIES", from: "id:a", to: "new:B" });
  });
  it("state nothing that was left empty or that the relation does not have", () => {
    const said = { product: "id:p", buyer_share: "", share: "5%", status: "planned", valid_from: "" };
    expect(columnsOf(fact("supplier"), "a", "id:b", said)).toEqual({
      type: "SUPPLIES", from: "id:b", to: "id:a", product: "id:p", status: "planned",
    });
  });
});
