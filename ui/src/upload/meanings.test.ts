import { describe, expect, it } from "vitest";
import openapi from "../generated/openapi.json";
import { MEANINGS, meaningOf, readInstead, reading, withMeaning } from "./meanings";

describe("meanings of columns", () => {
  it("offers every kind that the service takes, and no other", () => {
    const taken = openapi.components.schemas.ColumnBody.properties.kind.enum;
    const offered = new Set(MEANINGS.flatMap(({ kinds }) => kinds as readonly string[]));
    expect([...offered, "text", "number"].sort()).toEqual([...taken].sort());
  });
  it("goes to a choice and back", () => {
    for (const { of, kinds } of MEANINGS) {
      for (const kind of kinds) {
        const column = withMeaning("x", `${of === "row" ? "" : of}.${kind}`);
        expect(meaningOf(column)).toBe(`${of === "row" ? "" : of}.${kind}`);
      }
    }
    expect(withMeaning("x", "")).toEqual({ name: "x", kind: "text" });
  });
  it("tells which of two columns of one meaning is read, and lets it be the other", () => {
    const columns = [withMeaning("Полное", "supplier.name"), withMeaning("№", ""), withMeaning("Краткое", "supplier.name"), withMeaning("Кому", "customer.name"), withMeaning("№ 2", "")];
    expect(readInstead(columns).map((column) => column?.name)).toEqual([undefined, undefined, "Полное", undefined, undefined]);
    const other = reading(columns, 2);
    expect(other.map(meaningOf)).toEqual(["", "", "supplier.name", "customer.name", ""]);
    expect(readInstead(other).some((column) => column)).toBe(false);
  });
  it("leaves out what nothing takes", () => {
    expect(meaningOf({ kind: "text", role: null })).toBe("");
    expect(meaningOf({ kind: "number", role: null })).toBe("");
    expect(meaningOf({ kind: "city", role: null })).toBe("");
  });
});
