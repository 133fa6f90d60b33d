import { expect, it } from "vitest";
import { labelPlace, overlap, type Box } from "./labels";

const MAP = 400;

it("lies on no other name, and is left out where there is no room", () => {
  const taken: Box[] = [];
  let unplaced = 0;
  for (let n = 0; n < 60; n += 1) {
    const box = labelPlace({ x: 40 + (n * 53) % 320, y: 20 + (n * 31) % 200, r: 6 }, 90, MAP, taken);
    if (box === undefined) unplaced += 1;
    else taken.push(box);
  }
  for (const [n, one] of taken.entries()) {
    expect(one.x >= 0 && one.x + one.width <= MAP).toBe(true);
    for (const other of taken.slice(n + 1)) expect(overlap(one, other)).toBe(false);
  }
  expect(unplaced).toBeGreaterThan(0);
  expect(taken.length).toBeGreaterThan(15);
});

it("stays inside of the map at its edges, also where it must be shown", () => {
  const full: Box[] = [{ x: 0, y: 0, width: MAP, height: 300 }];
  expect(labelPlace({ x: 395, y: 100, r: 6 }, 80, MAP, [])).toMatchObject({ x: 395 - 11 - 80 });
  expect(labelPlace({ x: 395, y: 100, r: 6 }, 80, MAP, full)).toBeUndefined();
  expect(labelPlace({ x: 395, y: 100, r: 6 }, 80, MAP, full, { isForced: true })).toMatchObject({ x: 395 - 11 - 80 });
});
