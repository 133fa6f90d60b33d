/** Which kinds of links paths may go along, and how the address says it. */

/** In the order in which one would look for them. */
export const RELATIONS = [
  "SUPPLIES", "SELLS_TO", "EXPORTS_TO", "COOPERATES_WITH", "OWNS", "OPERATES", "CREATED_BY", "MEMBER_OF",
  "PARTICIPATES_IN", "HAS_ROLE", "HAS_STAGE", "PRODUCES", "NEEDS", "REQUIRES", "USED_IN", "LOCATED_IN", "PART_OF", "BORDERS",
] as const;

/** Being in one place or making the same thing is no link unless it is asked for. */
const UNUSUAL: ReadonlySet<string> = new Set(["PRODUCES", "NEEDS", "REQUIRES", "USED_IN", "LOCATED_IN", "PART_OF", "BORDERS"]);

/** Ties and goods: what a picture of two may hold between them, short of lying in one place. */
export const DRAWN = RELATIONS.filter((one) => !["LOCATED_IN", "PART_OF", "BORDERS"].includes(one));

const USUAL = RELATIONS.filter((one) => !UNUSUAL.has(one));

/** The kinds that an address asks for. */
export function walked(address: URLSearchParams): string[] {
  const only = listed(address.get("relations"));
  const without = listed(address.get("-relations"));
  return (only.length > 0 ? only : USUAL).filter((one) => !without.includes(one));
}

/** The address that asks for these kinds, as short as it can be said. */
export function withWalked(address: URLSearchParams, chosen: readonly string[]): URLSearchParams {
  const next = new URLSearchParams(address);
  next.delete("relations");
  next.delete("-relations");
  const dropped = USUAL.filter((one) => !chosen.includes(one));
  const isOfUsual = chosen.every((one) => !UNUSUAL.has(one));
  if (chosen.length === 0 || (isOfUsual && dropped.length === 0)) return next;
  if (isOfUsual && dropped.length < chosen.length) next.set("-relations", dropped.join(","));
  else next.set("relations", RELATIONS.filter((one) => chosen.includes(one)).join(","));
  return next;
}

function listed(text: string | null): string[] {
  return (text ?? "").split(",").map((one) => one.trim()).filter(Boolean);
}
