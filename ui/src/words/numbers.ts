/** Numbers, shares, amounts and days as a reader of the language writes them (Intl). */
import { useTranslation } from "react-i18next";
import type { Amount } from "../api/client";

const NO_BREAK = "\u00a0";

export interface Figures {
  number: (value: number) => string;
  share: (bounds: readonly number[]) => string;
  amount: (amount: Amount) => string;
  day: (iso: string) => string;
  kilometres: (bounds: readonly number[]) => string;
}

/** How a language writes figures; `unitWord` gives the words of a unit or currency. */
export function figures(lang: string, unitWord: (unit: string) => string): Figures {
  const plain = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat(lang, { notation: "compact", maximumFractionDigits: 2 });
  const days = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "ru", {
    day: "numeric",
    month: lang === "en" ? "short" : "2-digit",
    year: "numeric",
    timeZone: "UTC",
  });
  const percent = lang === "ru" ? `${NO_BREAK}%` : "%";
  const written = (value: number) => (Math.abs(value) >= 1e6 ? short : plain).format(value);

  function between(low: number | undefined, high: number | undefined, write: (value: number) => string): string {
    if (low !== undefined && high !== undefined) {
      return write(low) === write(high) ? write(low) : `${write(low)}–${write(high)}`;
    }
    if (low !== undefined) return `≥${NO_BREAK}${write(low)}`;
    return high === undefined ? "?" : `≤${NO_BREAK}${write(high)}`;
  }

  return {
    number: (value) => plain.format(value),
    share: ([low, high]) => `${between((low ?? 0) * 100, (high ?? 1) * 100, (value) => plain.format(value))}${percent}`,
    amount({ low, high, unit, per_year }) {
      const value = between(
        low === undefined ? undefined : Number(low),
        high === undefined ? undefined : Number(high),
        written,
      );
      return [value, unit === undefined ? "" : unitWord(unit) + (per_year ? unitWord("/year") : "")]
        .filter(Boolean)
        .join(NO_BREAK);
    },
    day: (iso) => (/^\d{4}-\d\d-\d\d$/.test(iso) ? days.format(new Date(`${iso}T00:00:00Z`)) : iso),
    kilometres: ([low, high]) => {
      const value = between(low, high, (one) => plain.format(Math.round(one)));
      return `${value}${NO_BREAK}${lang === "ru" ? "км" : "km"}`;
    },
  };
}

/** The words of a unit: `t/day` is «т/сут.»; a part that has no word stands as it is. */
export function unitWords(unit: string, word: (part: string) => string): string {
  return unit.split("/").map((part) => (part === "" ? "" : word(part))).join("/");
}

export function useFigures(): Figures {
  const { t, i18n } = useTranslation("labels");
  return figures(i18n.language, (unit) =>
    unit === "/year"
      ? (i18n.language === "ru" ? "/год" : "/year")
      : unitWords(unit, (part) => (part === "year" ? (i18n.language === "ru" ? "год" : "year") : t(`unit.${part}`, { defaultValue: part }))),
  );
}

/** How many of a group there are: «≥ 30», «20–25», or «?». */
export function counted({ min, max }: { min: number | undefined; max: number | undefined }): string {
  if (min === undefined && max === undefined) return "?";
  if (min === max) return String(min);
  return max === undefined ? `≥ ${String(min)}` : `${String(min ?? 0)}–${String(max)}`;
}
