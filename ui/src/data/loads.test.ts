import { describe, expect, it } from "vitest";
import type { Schemas } from "../api/client";
import { byNewest, canBeUndone, redone, undoneBy } from "./loads";

const load = (id: number, state: string, undoes: number | null = null) => ({ id, state, undoes }) as Schemas["LoadItem"];
const LOADS = [load(1, "complete"), load(2, "undone", 1), load(3, "complete", 2), load(4, "running")];
const [first, undoing, redoing, running] = LOADS as [Schemas["LoadItem"], Schemas["LoadItem"], Schemas["LoadItem"], Schemas["LoadItem"]];

describe("loads", () => {
  it("stand newest first", () => { expect(byNewest(LOADS).map(({ id }) => id)).toEqual([4, 3, 2, 1]); });

  it("may be taken back once they are complete", () => {
    expect(LOADS.filter(canBeUndone)).toEqual([first, redoing]);
    expect(canBeUndone(running)).toBe(false);
  });

  it("say what took them back, and what came back", () => {
    expect(undoneBy(undoing, LOADS)).toBe(redoing);
    expect(undoneBy(first, LOADS)).toBeUndefined();
    expect(redone(redoing, LOADS)).toBe(1);
    expect(redone(undoing, LOADS)).toBeUndefined();
  });
});
