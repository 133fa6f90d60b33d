/** What changed between two days: links of the later alone are new, those of the earlier alone have ended. */
import type { Edge, Net } from "./net";

export type Change = "new" | "ended";

/** Names of the filters; none is also that of a type, a relation or a status. */
export const CHANGES = ["link-new", "link-ended", "link-same"] as const;

/** The sign that stands before the label of a line. */
export const SIGNS: Record<Change, string> = { new: "+", ended: "×" };

export function filterOf(change: Change | undefined): (typeof CHANGES)[number] {
  return change === undefined ? "link-same" : `link-${change}`;
}

/**
 * Both networks as one.
 *
 * @param earlier the network of the earlier day.
 * @param later the same question at the later day.
 * @param days the two, as claims of a link are asked for at the day on which it is there.
 */
export function compared(earlier: Net, later: Net, days: { earlier: string | undefined; later: string | undefined }): Net {
  const [before, after] = [new Map(earlier.edges.map((one) => [one.id, one])), new Set(later.edges.map(({ id }) => id))];
  const kept = later.edges.map((one) => ({
    ...one, seenAt: days.later, change: !before.has(one.id) && isWhole(earlier, one) ? ("new" as const) : undefined,
  }));
  const gone = earlier.edges.filter(({ id }) => !after.has(id)).map((one) => ({
    ...one, seenAt: days.earlier, change: isWhole(later, one) ? ("ended" as const) : undefined,
  }));
  return {
    ...later, nodes: new Map([...earlier.nodes, ...later.nodes]), edges: [...kept, ...gone], isCut: earlier.isCut || later.isCut, isCompared: true,
  };
}

/** Whether a network would show a link if it had it: it may be among those that a hub or a limit has left out. */
function isWhole({ nodes, more, isCut }: Net, { from, to, relation }: Edge): boolean {
  if (isCut && !(nodes.has(from) && nodes.has(to))) return false;
  return !more.some((one) => one.relation === relation && (one.id === from || one.id === to));
}

/** How many are new and how many have ended. */
export function tallyChanges({ edges }: Net): Record<Change, number> {
  const count = (of: Change) => edges.filter(({ change }) => change === of).length;
  return { new: count("new"), ended: count("ended") };
}
