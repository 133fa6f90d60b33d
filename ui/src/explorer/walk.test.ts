import { describe, expect, it } from "vitest";
import type { Card, Line } from "./renderer";
import { next } from "./walk";

const card = (id: string, x: number, y: number): Card => ({
  id, type: "Plant", name: id, second: "", count: undefined, at: { x, y }, isPinned: false, isDisputed: false, isPlanned: false, isFaint: false, isGroup: false, hidden: 0,
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
  it("lead to whoever is nearest that way where nobody stands in tiers", () => {
    const cards = [card("here", 0, 0), card("up", 20, -90), card("far", 400, 30), card("linked", 700, -20)];
    expect(next("here", "up", cards, [], "free")).toBe("up");
    expect(next("here", "right", cards, [], "free")).toBe("far");
    expect(next("here", "right", cards, [line("here", "linked")], "free")).toBe("linked");
    expect(next("here", "left", cards, [], "free")).toBeUndefined();
  });
  it("lead nowhere where there is nobody", () => {
    expect(next("buyer", "right", CARDS, LINES)).toBeUndefined();
    expect(next("near", "up", CARDS, LINES)).toBeUndefined();
    expect(next(undefined, "up", [], [])).toBeUndefined();
  });
});
