/** The view as files: a picture of what is seen, the links as a table, and the network as JSON. */
import type { Net } from "./net";

/** Give somebody a file. */
export function download(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(link.href); }, 10_000);
}

/** A cell that a spreadsheet takes for a formula gets an apostrophe before it. */
export function neutral(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

const COLUMNS = ["from", "from_id", "relation", "to", "to_id", "products", "status", "disputed", "claims"] as const;

/** The links that are shown, one a row. */
export function toCsv({ nodes, edges }: Net): Blob {
  const rows = edges.map((edge) => [
    nodes.get(edge.from)?.entity.name ?? "", edge.from, edge.relation, nodes.get(edge.to)?.entity.name ?? "", edge.to,
    edge.products.join("; "), edge.status, String(edge.isDisputed), String(edge.claims),
  ]);
  const cell = (text: string) => `"${neutral(text).replaceAll('"', '""')}"`;
  const text = [COLUMNS.join(","), ...rows.map((row) => row.map(cell).join(","))].join("\r\n");
  return new Blob([`\ufeff${text}\r\n`], { type: "text/csv;charset=utf-8" });
}

/** What is shown, as it is. */
export function toJson({ nodes, edges }: Net): Blob {
  const content = { nodes: [...nodes.values()], edges };
  return new Blob([JSON.stringify(content, null, 1)], { type: "application/json" });
}
