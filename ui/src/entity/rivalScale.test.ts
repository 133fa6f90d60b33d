import { describe, expect, it } from "vitest";
import type { Claim } from "../api/client";
import { grouped, scaleOf } from "./rivalScale";

function claim(id: string, stated: Record<string, unknown>, object?: string): Claim {
  return {
    id, stated, type: "HAS", status: "actual", confidence: 1, document: "d", recorded: 1, source_rank: 3,
    subject: { id: "s", type: "Plant", name: "s" }, ...(object ? { object: { id: object, type: "City", name: object } } : {}),
  };
}

const cost = (id: string, low?: string, high = low, unit = "RUB") => claim(id, { value: { low, high, unit, per_year: false } });

describe("rival figures", () => {
  it("of several sources that say the same stand together", () => {
    expect(grouped([cost("a", "8"), cost("b", "7"), cost("c", "8")]).map((own) => own.map(({ id }) => id))).toEqual([["a", "c"], ["b"]]);
    expect(grouped([claim("a", {}, "x"), claim("b", {}, "y")])).toHaveLength(2);
  });

  it("share a scale from zero with round ticks", () => {
    const scale = scaleOf(cost("a", "1700"), [cost("b", "800")]);
    expect(scale?.ticks.map(({ value }) => value)).toEqual([0, 500, 1000, 1500]);
    expect(scale?.places.map(({ at }) => Math.round(at * 1836))).toEqual([1700, 800]);
    expect(scale?.places[0]?.isChosen).toBe(true);
  });

  it("with an open end reach to the edge", () => {
    const scale = scaleOf(claim("a", { value: { high: "1", unit: "t", per_year: false } }), [claim("b", { value: { low: "2", unit: "t", per_year: false } })]);
    expect(scale?.places).toMatchObject([{ first: 0, isOpen: true }, { last: 1, isOpen: true }]);
  });

  it("of different units or without figures have no scale", () => {
    expect(scaleOf(cost("a", "1"), [cost("b", "2", "2", "USD")])).toBeUndefined();
    expect(scaleOf(claim("a", {}, "x"), [claim("b", {}, "y")])).toBeUndefined();
    expect(scaleOf(claim("a", { share: [0.76, 0.76] }), [claim("b", { share: [0.8, 0.8] })])?.isShare).toBe(true);
  });
});
