/** Groups of neighbours that are not shown: «117 more», drawn as a card of their own beside the hub. */
import { REVERSED } from "../parts/drawing";
import type { More, Net } from "./net";
import type { Side } from "./view";

/** Of a hub so many are shown by name, the others as a group. */
export const OF_A_HUB = 20;
/** A group of fewer would hide more than it saves. */
const LEAST_GROUP = 10;

/** How many of the neighbours to open first: all of them, where few are left or some are shown already. */
export function fanOf(seen: number, total: number): number | undefined {
  return seen === 0 && total >= OF_A_HUB + LEAST_GROUP ? OF_A_HUB : undefined;
}

/** What a group is called in the picture and in the address. */
export function groupId({ id, relation, side }: Omit<More, "shown" | "total">): string {
  return [id, relation, side].join("~");
}

/** The group of that name, if it is shown. */
export function groupOf(name: string | undefined, { more }: Net): More | undefined {
  return more.find((one) => groupId(one) === name);
}

/** The tier in which its members would stand. */
export function groupTier({ id, side }: More, { nodes }: Net): number {
  return (nodes.get(id)?.tier ?? 0) + (side === "upstream" ? -1 : 1);
}

/** Whether links of a relation lead out of an entity to its neighbours on a side. */
export function isOut(relation: string, side: Side): boolean {
  return REVERSED.has(relation) === (side === "upstream");
}
