import { describe, expect, it } from "vitest";
import type { Schemas } from "../api/client";
import { oldSince } from "./age";

type Card = Parameters<typeof oldSince>[0];
const card = (figures: (string | undefined)[][], groups: (string | undefined)[] = []): Card => ({
  figures: figures.map(([first, ...more]) => ({ chosen: { last_seen: first }, agree: more.map((last_seen) => ({ last_seen })) }) as Schemas["FigureItem"]),
  groups: groups.map((last_seen) => ({ last_seen }) as Schemas["GroupItem"]),
});
const NOW = "2026-11-28";

describe("the age of what is known", () => {
  it("is that of the youngest fact, where all are older than three years", () => {
    expect(oldSince(card([["2016-12-31"], ["2015-01-01", "2017-03-21"]], ["2014-05-01"]), [], NOW)).toBe("2017-03-21");
    expect(oldSince(card([["2023-11-27"]]), [], NOW)).toBe("2023-11-27");
  });

  it("is not said where one fact or document is younger, or nobody knows", () => {
    expect(oldSince(card([["2023-11-28"]]), [], NOW)).toBeUndefined();
    expect(oldSince(card([["2016-12-31"]], ["2025-01-01"]), [], NOW)).toBeUndefined();
    expect(oldSince(card([["2016-12-31"]]), [{ published_on: "2026-01-01" }, {}], NOW)).toBeUndefined();
    expect(oldSince(card([["2016-12-31"], [undefined]]), [], NOW)).toBeUndefined();
    expect(oldSince(card([]), [{ published_on: "2010-01-01" }], NOW)).toBeUndefined();
  });
});
