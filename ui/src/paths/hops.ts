/** A path as steps: who, then the ties by which it goes on. */
import type { Entity, Schemas } from "../api/client";

export type Tie = Schemas["HopItem"];

/** One step of a path: both ends and all ties between them. */
export interface Hop {
  step: number;
  from: Entity;
  to: Entity;
  ties: Tie[];
}

/** The steps in order; ties of one step stand together. */
export function hops({ ties }: Schemas["PathItem"]): Hop[] {
  const found: Hop[] = [];
  for (const tie of ties) {
    const last = found.at(-1);
    if (last?.step === tie.step) last.ties.push(tie);
    else found.push({ step: tie.step, from: tie.from, to: tie.to, ties: [tie] });
  }
  return found;
}
