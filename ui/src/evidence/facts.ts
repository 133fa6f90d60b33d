/** Facts that somebody may add about an entity: how they are asked for, and the columns of the claims format they become. */
import { ACTORS } from "../parts/drawing";

export interface Fact {
  name: string;
  relation: string;
  /** Whether the entity of the page is the one that the arrow leaves. */
  isFrom: boolean;
  /** Who may stand at the other end. */
  others: string;
  has: readonly ("product" | "buyer_share" | "share")[];
}

const FIRMS = ACTORS.join(",");

export const FACTS: readonly Fact[] = [
  { name: "supplier", relation: "SUPPLIES", isFrom: false, others: FIRMS, has: ["product", "buyer_share"] },
  { name: "customer", relation: "SUPPLIES", isFrom: true, others: FIRMS, has: ["product"] },
  { name: "market", relation: "EXPORTS_TO", isFrom: true, others: "Country", has: ["product"] },
  { name: "makes", relation: "PRODUCES", isFrom: true, others: "Product", has: [] },
  { name: "owner", relation: "OWNS", isFrom: false, others: FIRMS, has: ["share"] },
];

/** A share as somebody types it beside a per cent sign: a number above one without a sign is per cent. */
export function asShare(text: string): string {
  return /^\d+([.,]\d+)?$/.test(text) && Number(text.replace(",", ".")) > 1 ? `${text} %` : text;
}

/** The columns of the claim; what was left empty is not stated. */
export function columnsOf(fact: Fact, id: string, other: string, said: Readonly<Record<string, string>>): Record<string, string> {
  const ends = fact.isFrom ? { from: `id:${id}`, to: other } : { from: other, to: `id:${id}` };
  const stated = Object.entries(said).filter(([name, value]) => value !== "" && (fact.has.includes(name as never) || name === "status" || name === "valid_from"));
  return { type: fact.relation, ...ends, ...Object.fromEntries(stated) };
}
