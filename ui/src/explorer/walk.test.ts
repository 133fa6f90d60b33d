import { describe, expect, it } from "vitest";
import type { Card, Line } from "./renderer";
import { next } from "./walk";

const card = (id: string, x: number, y: number): Card => ({
  id, type: "Plant", name: id, second: "", count: undefined, at: { x, y }, isPinned: false, isDisputed: false, isPlanned: false, hidden: 0,
});
const line = (from: string, to: string): Line => ({ id: `${from}${to}`, from, to, label: "", status: "actual", isDisputed: false, end: "arrow" });
const CARDS = [card("middle", 0, 0), card("near", -243, 0), card("linked", -243, 104), card("buyer", 243, 52), card("below", 0, 40)];
const LINES = [line("linked", "middle"), line("middle", "buyer")];

describe("the arrow keys", () => {
  it("begin in the middle", () => {
    expect(next(undefined, "left", CARDS, LINES)).toBe("middle");
  });
  it("follow links to the next tier before they take whoever is near", () => {
    expect(next("middle", "left", CARDS, LINES)).toBe("linked");
    expect(next("middle", "right", CARDS, LINES)).toBe("buyer");
    expect(next("below", "left", CARDS, LINES)).toBe("near");
  });
  it("go up and down inside a tier", () => {
    expect(next("middle", "down", CARDS, LINES)).toBe("below");
    expect(next("linked", "up", CARDS, LINES)).toBe("near");
  });
  it("lead nowhere where there is nobody", () => {
    expect(next("buyer", "right", CARDS, LINES)).toBeUndefined();
    expect(next("near", "up", CARDS, LINES)).toBeUndefined();
    expect(next(undefined, "up", [], [])).toBeUndefined();
  });
});
