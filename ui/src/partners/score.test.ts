import { describe, expect, it } from "vitest";
import { outward } from "./score";

describe("bounds of a score", () => {
  it("are rounded outward", () => { expect(outward(0.232135, 0.480018)).toEqual([0.23, 0.49]); });
  it("stay what they are", () => {
    expect(outward(0.29, 0.57)).toEqual([0.29, 0.57]);
    expect(Object.is(outward(0, 0)[1], 0)).toBe(true);
  });
});
