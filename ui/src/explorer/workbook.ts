/** What is shown as a workbook: a sheet of entities and one of links. */
import type { Row, SheetData } from "write-excel-file/universal";
import { linkRows, neutral } from "./exports";
import { precisionOf, type Net } from "./net";

const LONGEST_CELL = 32_767;

type Value = string | number | undefined;

/** Rows of both sheets, the names of the columns first; every cell is a text or a number, none a formula. */
export function sheets(net: Net): { sheet: string; data: SheetData; stickyRowsCount: number }[] {
  const entities = [...net.nodes.values()].map((node) => ({
    id: node.entity.id, name: node.entity.name, type: node.entity.type, place: node.entity.place, tier: node.tier,
    lat: node.point?.[0], lon: node.point?.[1], point_precision: precisionOf(node), count_min: node.count?.min, count_max: node.count?.max,
  }));
  return [
    { sheet: "entities", data: rows(entities), stickyRowsCount: 1 },
    { sheet: "links", data: rows(linkRows(net)), stickyRowsCount: 1 },
  ];
}

/** The workbook; the library that writes it is fetched when it is asked for. */
export async function toXlsx(net: Net): Promise<Blob> {
  const { default: write } = await import("write-excel-file/universal");
  return write(sheets(net)).toBlob();
}

function rows(items: Record<string, Value>[]): SheetData {
  const head = Object.keys(items[0] ?? {}).map((name): Row[number] => ({ value: name, type: String, fontWeight: "bold" }));
  return [head, ...items.map((item) => Object.values(item).map(cell))];
}

function cell(value: Value): Row[number] {
  if (value === undefined || value === "") return null;
  if (typeof value === "number") return { value, type: Number };
  return { value: neutral(value).slice(0, LONGEST_CELL), type: String };
}
