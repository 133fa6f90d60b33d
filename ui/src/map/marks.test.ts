import { describe, expect, it } from "vitest";
import { fanPlace, indexOf, MANY, markAt, marksOf, type PinMark } from "./marks";
import type { Pin } from "./pins";

const project = (lat: number, lon: number) => [lon * 10, -lat * 10] as const;
const pin = (id: string, lat: number, lon: number, kind = "certain") => ({ id, name: id, lat, lon, precision: "site", kind, label: id }) as Pin;

describe("marks on the map", () => {
  it("stand at their point, alone", () => {
    expect(marksOf([pin("a", 1, 2)], null, 5, project)).toMatchObject([{ x: 20, y: -10 }]);
  });

  it("fan out around a common point, and the centre stays", () => {
    const marks = marksOf([pin("a", 1, 2), pin("b", 1, 2), pin("c", 1, 2, "centre")], null, 5, project) as PinMark[];
    const [centre, ...others] = marks;
    expect(centre).toMatchObject({ pin: { id: "c" }, x: 20, y: -10 });
    expect(others.every(({ anchor }) => anchor?.x === 20 && anchor.y === -10)).toBe(true);
    expect(Math.hypot((others[0]?.x ?? 0) - (others[1]?.x ?? 0), (others[0]?.y ?? 0) - (others[1]?.y ?? 0))).toBeGreaterThan(24);
  });

  it("do not touch in any fan", () => {
    for (let count = 2; count <= 9; count += 1) {
      const places = Array.from({ length: count }, (_, place) => fanPlace(place, count));
      for (const [n, a] of places.entries()) for (const b of places.slice(n + 1)) expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeGreaterThan(24);
    }
  });

  it("become rings with their number where they are many, and lose none", () => {
    const many = Array.from({ length: MANY + 120 }, (_, n) => pin(String(n), 50 + (n % 10) * 0.01, 40 + n * 0.001, n % 3 ? "certain" : "possible"));
    const marks = marksOf(many, indexOf(many), 3, project);
    const counted = marks.reduce((sum, mark) => sum + ("cluster" in mark ? mark.count : 1), 0);
    expect(marks.length).toBeLessThan(20);
    expect(counted).toBe(many.length);
    const [ring] = marks;
    expect(ring && "cluster" in ring ? Object.values(ring.kinds).reduce((sum, one) => sum + one, 0) : 0).toBe(ring && "cluster" in ring ? ring.count : 1);
  });

  it("are found under the pointer, the nearest first", () => {
    const marks = marksOf([pin("a", 0, 0), pin("b", 0, 2)], null, 5, project);
    expect(markAt(marks, 14, 0)).toMatchObject({ pin: { id: "b" } });
    expect(markAt(marks, 60, 60)).toBeUndefined();
  });
});
