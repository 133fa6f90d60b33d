/** Which loads may be taken back, and what took back what. */
import type { Schemas } from "../api/client";

type Load = Schemas["LoadItem"];

/** Newest first. */
export function byNewest(loads: readonly Load[]): Load[] {
  return [...loads].sort((a, b) => b.id - a.id);
}

/** Whether the service takes it back: what is complete, and an undoing too. */
export function canBeUndone({ state }: Load): boolean {
  return state === "complete";
}

/** The load that took this one back, if it is gone. */
export function undoneBy(load: Load, loads: readonly Load[]): Load | undefined {
  return load.state === "undone" ? byNewest(loads).find(({ undoes }) => undoes === load.id) : undefined;
}

/** The load that came back because its undoing was undone. */
export function redone(load: Load, loads: readonly Load[]): number | undefined {
  return loads.find(({ id }) => id === load.undoes)?.undoes ?? undefined;
}
