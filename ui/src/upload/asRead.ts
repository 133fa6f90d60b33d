/** Figures of a claim that is not written yet, whole and as a reader of the language writes them. */
import type { Figures } from "../words/numbers";

const SHARES = ["buyer_share", "sales_share", "share"];
const DAYS = ["valid_from", "valid_to"];
const WITH_UNIT: Readonly<Record<string, string>> = { value: "currency", quantity: "unit" };

const AMOUNTS = ["money", "quantity", "number"];

/** An example as a workbook keeps it, written as a reader does; what a person has typed stays as it is. */
export function exampleAsRead(kind: string, text: string, figures: Figures): string {
  if (kind === "date") return figures.day(text);
  return AMOUNTS.includes(kind) && /^-?\d+\.\d+$/.test(text) ? figures.whole(text, undefined, false) : text;
}

/** Each figure by its field; an amount with its unit or currency is one, and money of what is no delivery is that of a year. */
export function asRead(stated: Readonly<Record<string, string>>, figures: Figures): [field: string, text: string][] {
  const units = Object.entries(WITH_UNIT).filter(([name]) => name in stated).map(([, unit]) => unit);
  return Object.entries(stated)
    .filter(([name]) => !units.includes(name))
    .map(([name, value]) => {
      const unit = WITH_UNIT[name];
      if (unit !== undefined) return [name, figures.whole(value, stated[unit], name === "value" && stated.basis === "rate")];
      if (SHARES.includes(name)) return [name, figures.share([Number(value), Number(value)])];
      return [name, DAYS.includes(name) ? figures.day(value) : value];
    });
}
