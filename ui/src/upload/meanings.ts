/** What a column may hold, and of whom, as one choice: `supplier.inn`, `.goods`, or `` where it is left out. */
import type { Schemas } from "../api/client";

export type Column = Schemas["ColumnBody"];
export type Role = NonNullable<Column["role"]>;

const OF_A_FIRM = ["name", "inn", "ogrn", "city", "region", "country", "oktmo", "address", "lat", "lon", "industry", "okved2"] as const;
const OF_THE_ROW = ["goods", "okpd2", "money", "quantity", "unit", "share", "sales_share", "date"] as const;
const ROLES: readonly Role[] = ["supplier", "customer", "firm"];

/** All choices by whom they are about. */
export const MEANINGS: readonly { of: Role | "row"; kinds: readonly Column["kind"][] }[] = [
  ...ROLES.map((of) => ({ of, kinds: OF_A_FIRM })),
  { of: "row", kinds: OF_THE_ROW },
];

/** The choice that a column stands for; what nothing takes is left out. */
export function meaningOf({ kind, role }: { kind: string; role?: string | null | undefined }): string {
  if (role) return (OF_A_FIRM as readonly string[]).includes(kind) ? `${role}.${kind}` : "";
  return (OF_THE_ROW as readonly string[]).includes(kind) ? `.${kind}` : "";
}

/** The column with another meaning. */
export function withMeaning(name: string, meaning: string): Column {
  const [role = "", kind = ""] = meaning.split(".");
  if (kind === "") return { name, kind: "text" };
  const found = { name, kind: kind as Column["kind"] };
  return role === "" ? found : { ...found, role: role as Role };
}

/** For each column the one before it that means the same and is read in its place. */
export function readInstead(columns: readonly Column[]): (Column | undefined)[] {
  return columns.map((column, place) => {
    const meaning = meaningOf(column);
    return meaning === "" ? undefined : columns.slice(0, place).find((earlier) => meaningOf(earlier) === meaning);
  });
}

/** The columns with this one read, and none of those that mean the same. */
export function reading(columns: readonly Column[], place: number): Column[] {
  const meaning = meaningOf(columns[place] ?? { kind: "text" });
  return columns.map((column, at) => (at !== place && meaningOf(column) === meaning ? withMeaning(column.name, "") : column));
}
