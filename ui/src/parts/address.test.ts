import { describe, expect, it } from "vitest";
import { namedIn } from "./address";

describe("what an address names", () => {
  it("is decoded once, whatever signs are in it", () => {
    for (const name of ["100%", "%", "a%25", "a%2Fb", "a/b", "doc:№ 1?", "Изопан Рус"]) {
      expect(namedIn(`/entities/${encodeURIComponent(name)}`)).toBe(name);
    }
  });

  it("is taken as it is written where it cannot be decoded", () => {
    expect(namedIn("/entities/100%")).toBe("100%");
    expect(namedIn("/entities/x/")).toBe("x");
    expect(namedIn("/search")).toBe("");
  });
});
