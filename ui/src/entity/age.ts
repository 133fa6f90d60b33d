/** How old what is known of an entity is. */
import type { Schemas } from "../api/client";

const YEARS = 3;

/**
 * The last day on which anything shown was seen, if all of it was seen more than three years before `validAt`; undefined
 * where something is younger, or nobody says when it was seen.
 */
export function oldSince(
  { figures, groups }: Pick<Schemas["EntityCard"], "figures" | "groups">, documents: Iterable<Pick<Schemas["DocumentItem"], "published_on">>,
  validAt: string,
): string | undefined {
  const seen = [...figures.map(({ chosen, agree }) => latest([chosen, ...agree].map(({ last_seen }) => last_seen))), ...groups.map(({ last_seen }) => last_seen)];
  if (seen.length === 0 || seen.includes(undefined)) return undefined;
  const last = latest([...seen, ...[...documents].map(({ published_on }) => published_on)]);
  const limit = `${Number(validAt.slice(0, 4)) - YEARS}${validAt.slice(4)}`;
  return last !== undefined && last < limit ? last : undefined;
}

function latest(days: readonly (string | undefined)[]): string | undefined {
  return days.filter((day) => day !== undefined).sort().at(-1);
}
