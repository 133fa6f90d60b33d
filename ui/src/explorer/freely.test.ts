import { describe, expect, it } from "vitest";
import { layFreely } from "./freely";
import { spots } from "./spots";
import { CARD, type Placed } from "./tiers";

function drawn(size: number, seed = 1) {
  let state = seed;
  const next = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const nodes = new Map(Array.from({ length: size }, (_, n) => [`n${String(n)}`, { x: Math.floor(next() * 7) * 243, y: n * 52 }] as const));
  const links = Array.from({ length: size * 2 }, () => [`n${String(Math.floor(next() * size))}`, `n${String(Math.floor(next() * size))}`] as const);
  return { nodes, links };
}

function overlaps(placed: ReadonlyMap<string, Placed>): number {
  const all = [...placed.values()];
  return all.filter((a, n) => all.slice(n + 1).some((b) => Math.abs(a.x - b.x) < CARD.width && Math.abs(a.y - b.y) < CARD.height)).length;
}

describe("the free layout", () => {
  it("is the same each time, few or many, and lets no card overlap another", () => {
    for (const size of [40, 400]) {
      const { nodes, links } = drawn(size);
      const found = layFreely(nodes, links, new Map());
      expect([...layFreely(nodes, links, new Map())]).toEqual([...found]);
      expect(found.size).toBe(size);
      expect(overlaps(found)).toBe(0);
    }
  }, 20_000);

  it("leaves alone what is placed or pinned, and puts the new beside their neighbours", () => {
    const { nodes, links } = drawn(60);
    const before = layFreely(new Map([...nodes].slice(0, 50)), links.filter((ends) => ends.every((id) => Number(id.slice(1)) < 50)), new Map());
    const after = layFreely(nodes, links, before);
    for (const [id, place] of before) expect(after.get(id)).toEqual(place);
    expect(after.size).toBe(60);
    expect(overlaps(after)).toBe(0);
    const beside = layFreely(new Map([["a", { x: 0, y: 0 }], ["b", { x: 0, y: 0 }]]), [["a", "b"]], new Map([["a", { x: 900, y: 900 }]]));
    expect(Math.hypot((beside.get("b")?.x ?? 0) - 900, (beside.get("b")?.y ?? 0) - 900)).toBeLessThan(200);
  });
});

describe("free places", () => {
  it("are the wanted ones unless somebody stands there", () => {
    const wanted = new Map([["a", { x: 0, y: 0 }], ["b", { x: 500, y: 0 }], ["c", { x: 500, y: 0 }]]);
    const found = spots(wanted, [{ x: 0, y: 10 }]);
    expect(found.get("b")).toEqual({ x: 500, y: 0 });
    expect(found.get("a")).not.toEqual({ x: 0, y: 0 });
    expect(overlaps(found)).toBe(0);
  });
});
