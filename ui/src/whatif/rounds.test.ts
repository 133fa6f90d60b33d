import { describe, expect, it } from "vitest";
import type { Entity } from "../api/client";
import { derivation, picture, type Shock, type Stopped } from "./rounds";

const one = (id: string, type = "Plant"): Entity => ({ id, type, name: id });

function stops(id: string, round: number, suppliers: string[], product = "steel"): Stopped {
  return {
    entity: one(id), round, certainty: "possible", claims: [],
    because: { unit: one(id), suppliers: suppliers.map((own) => one(own)), text: id, claims: [], product: one(product, "Product") },
  };
}

function shock(items: Stopped[], off: string[], total = off.length): Shock {
  return { items, switched_off: off.map((id) => one(id)), switched_off_total: total, exports: [] };
}

const ids = (found: ReturnType<typeof picture>) => found.columns.map(({ marks }) => marks.map(({ entity }) => entity.id));

describe("the picture of a what-if", () => {
  it("has a column for each round and a line for each cause", () => {
    const found = picture(shock([stops("b", 1, ["a"]), stops("d", 2, ["b"]), stops("c", 2, ["b"])], ["a"]));
    expect(ids(found)).toEqual([["a"], ["b"], ["d", "c"]]);
    expect(found.lines.map(({ from, to }) => `${from} ${to}`)).toEqual(["a b", "b d", "b c"]);
  });

  it("puts those with one cause beside each other", () => {
    const found = picture(shock([stops("x", 1, ["b"]), stops("y", 1, ["a"]), stops("z", 1, ["b"])], ["a", "b"]));
    expect(ids(found)[1]).toEqual(found.columns[0]?.marks[0]?.entity.id === "a" ? ["y", "x", "z"] : ["x", "z", "y"]);
  });

  it("shows of a whole region those that bring others down, and counts the rest", () => {
    const found = picture(shock([stops("x", 1, ["far"])], ["a", "b"], 99));
    expect(ids(found)[0]).toContain("far");
    expect(found.unshown).toBe(99 - 3);
  });

  it("begins at a product that nobody delivers, since its makers go on", () => {
    const found = picture(shock([stops("x", 1, ["maker"])], []), [one("steel", "Product")]);
    expect(ids(found)).toEqual([["steel"], ["x"]]);
    expect(found.lines).toEqual([{ from: "steel", to: "x", certainty: "possible" }]);
  });

  it("shows who loses a closed market without a stop", () => {
    const market = one("KZ", "Country");
    const found = picture(
      { ...shock([], []), exports: [{ country: market, exporter: one("x"), certainty: "certain", links: [] }] }, [], [market],
    );
    expect(ids(found)).toEqual([["KZ"], ["x"]]);
    expect(found.columns[1]?.marks[0]?.sign).toBe("part");
  });
});

describe("a derivation", () => {
  it("goes from the first stop to the one asked for, and no further", () => {
    const items = [stops("b", 1, ["a"]), stops("c", 2, ["b"]), stops("d", 3, ["c"]), stops("e", 1, ["a"])];
    expect(derivation(items, "c").map(({ entity }) => entity.id)).toEqual(["b", "c"]);
  });

  it("does not run in a circle", () => {
    const items = [stops("b", 1, ["a", "c"]), stops("c", 2, ["b"])];
    expect(derivation(items, "c").map(({ entity }) => entity.id)).toEqual(["b", "c"]);
  });
});
