/** What happened to claims, version by version; a withdrawal and what replaced it at once are one correction. */
import type { Claim, Schemas } from "../api/client";

export interface Change {
  event: string;
  claim: Claim;
  /** What it said before, where it was corrected. */
  old?: Claim | undefined;
}

export interface Version {
  version: number;
  at: string;
  changes: Change[];
}

/**
 * Events as they come, newest first, put together by version.
 *
 * What replaced what is only said where there is one of each, in one document or by hand, and the version is whole.
 */
export function versionsOf(items: readonly Schemas["HistoryItem"][], total: number, byHand: ReadonlySet<string>): Version[] {
  const found = new Map<number, Version>();
  for (const { version, at, event, claim } of items) {
    const own = found.get(version) ?? { version, at, changes: [] };
    found.set(version, own);
    own.changes.push({ event, claim });
  }
  const last = items.length < total ? items.at(-1)?.version : undefined;
  return [...found.values()].map((one) => (one.version === last ? one : { ...one, changes: corrected(one.changes, byHand) }));
}

function corrected(changes: readonly Change[], byHand: ReadonlySet<string>): Change[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = keyOf(change.claim);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].flatMap((own) => {
    const now = own.find(({ event }) => event === "learnt")?.claim;
    const old = own.find(({ event }) => event === "retracted")?.claim;
    if (own.length !== 2 || !now || !old || now.id === old.id) return own;
    const isOne = now.document === old.document || byHand.has(now.document) || byHand.has(old.document);
    return isOne ? [{ event: "corrected", claim: now, old }] : own;
  });
}

/** Two claims of one key are about the same: only what they state of it differs. */
function keyOf({ type, subject, object, product, stated, status }: Claim): string {
  const { kind = null, scope = null, period = null } = stated;
  return JSON.stringify([type, subject.id, object?.id ?? null, product?.id ?? null, status, kind, scope, period]);
}
