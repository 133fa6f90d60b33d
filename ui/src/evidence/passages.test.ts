import { describe, expect, it } from "vitest";
import { passages } from "./passages";

describe("passages", () => {
  it("cut a text at its quotes and lose nothing", () => {
    const text = "Завод 🏭 получает сырьё от 30 предприятий";
    const letters = Array.from(text);
    const quotes = [{ claim: "a", start: 8, end: 16 }, { claim: "b", start: 12, end: 23 }];
    const cut = passages(text, quotes);
    expect(cut.map(({ words }) => words).join("")).toBe(text);
    expect(cut.find(({ start }) => start === 12)?.claims).toEqual(["a", "b"]);
    expect(cut.find(({ start }) => start === 8)?.words).toBe(letters.slice(8, 12).join(""));
    expect(cut[0]?.claims).toEqual([]);
  });

  it("pass over a quote that does not lie in the text", () => {
    expect(passages("abc", [{ claim: "a", start: 2, end: 9 }, { claim: "b", start: 2, end: 2 }])).toEqual([{ start: 0, words: "abc", claims: [] }]);
    expect(passages("", [])).toEqual([]);
  });
});
