import { describe, expect, it } from "vitest";
import { numbered, pinsOf, unplacedOf, type Found } from "./found";

const entity = (id: string) => ({ id, type: "Plant", name: id.toUpperCase(), place: "Oblast" });
const item = (id: string, more = {}) => ({
  entity: entity(id), certainty: "certain", products: [], status: "actual", reasons: [], claims: [], ...more,
});
const DATA = {
  of: entity("centre"), point: [48, 44], point_precision: "town", products: [], weights: {}, total: 4, by_status: {}, rejected_total: 1,
  items: [
    item("a", { point: [48.1, 44], point_precision: "site" }), item("b"), item("a", { point: [48.1, 44] }),
    item("c", { certainty: "possible", point: [48, 44], point_precision: "town" }),
  ],
  rejected: [{ entity: entity("far"), why_not: "too far", claims: [], point: [60, 30], point_precision: "town" }],
} as unknown as Found;

describe("who was found near", () => {
  it("keeps one number for each, however many needs it meets", () => {
    expect(numbered(DATA.items).map(({ place }) => place)).toEqual([1, 2, 1, 3]);
  });

  it("is a pin where a point is known, and in the tray where not", () => {
    expect(pinsOf(DATA, () => "").map(({ id, kind, label }) => [id, kind, label])).toEqual([
      ["centre", "centre", undefined], ["a", "certain", "1"], ["c", "possible", "3"], ["far", "rejected", undefined],
    ]);
    expect(unplacedOf(DATA).map(({ id, label }) => [id, label])).toEqual([["b", "2"]]);
  });
});
