/** The view as files: a table of links, and JSON. */
import type { Net } from "./net";

/** A cell that a spreadsheet takes for a formula gets an apostrophe before it. */
export function neutral(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

const COLUMNS = [
  "from", "from_id", "relation", "to", "to_id", "products", "status", "disputed", "amount_low", "amount_high", "unit", "per_year",
  "claims", "change",
] as const;
type LinkRow = Record<(typeof COLUMNS)[number], string | number | undefined>;

/** The links that are shown, a row each, by the names of the columns. */
export function linkRows({ nodes, edges }: Net): LinkRow[] {
  const name = (id: string) => nodes.get(id)?.entity.name;
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  return edges.map((edge) => ({
    from: name(edge.from), from_id: edge.from, relation: edge.relation, to: name(edge.to), to_id: edge.to,
    products: edge.products.join("; "), status: edge.status, disputed: String(edge.isDisputed), amount_low: number(edge.amount?.low),
    amount_high: number(edge.amount?.high), unit: edge.amount?.unit, per_year: edge.amount && String(edge.amount.per_year),
    claims: edge.claims, change: edge.change,
  }));
}

/** The links that are shown, one a row; a Russian spreadsheet wants `;` between cells and a comma in numbers. */
export function toCsv(net: Net, lang: string): Blob {
  const rows = linkRows(net);
  const [between, point] = lang === "ru" ? [";", ","] : [",", "."];
  const cell = (value: string | number = "") => (
    typeof value === "number" ? String(value).replace(".", point) : `"${neutral(value).replaceAll('"', '""')}"`);
  const text = [COLUMNS.join(between), ...rows.map((row) => COLUMNS.map((column) => cell(row[column])).join(between))].join("\r\n");
  return new Blob([`\ufeff${text}\r\n`], { type: "text/csv;charset=utf-8" });
}

/** What is shown, as it is; whether a point is that of a town alone can be said only where there is a point. */
export function toJson({ nodes, edges }: Net): Blob {
  const content = { nodes: [...nodes.values()].map((node) => ({ ...node, isTown: node.point && node.isTown })), edges };
  return new Blob([JSON.stringify(content, null, 1)], { type: "application/json" });
}
