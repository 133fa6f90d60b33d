/** Numbers, shares, amounts and days as a reader of the language writes them (Intl). */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Amount } from "../api/client";

const NO_BREAK = "\u00a0";

/** An amount; `isDelivered` where it is a sum of deliveries of the twelve months before, and no rate. */
export type Figure = Amount & { isDelivered?: boolean };

export interface Figures {
  number: (value: number) => string;
  /** A decimal as it was stated, not rounded, with its unit. */
  whole: (decimal: string, unit: string | undefined, perYear: boolean) => string;
  share: (bounds: readonly number[]) => string;
  amount: (amount: Figure) => string;
  day: (iso: string) => string;
  kilometres: (bounds: readonly number[]) => string;
}

/** How a language writes figures; `unitWord` gives the words of a unit or currency. */
export function figures(lang: string, unitWord: (unit: string) => string): Figures {
  const plain = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat(lang, { notation: "compact", maximumFractionDigits: 2 });
  const days = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : "ru", {
    day: lang === "en" ? "numeric" : "2-digit",
    month: lang === "en" ? "short" : "2-digit",
    year: "numeric",
    timeZone: "UTC",
  });
  const exact = new Intl.NumberFormat(lang, { maximumFractionDigits: 15 });
  const duration = new Intl.NumberFormat(lang, { style: "unit", unit: "year", unitDisplay: "long" });
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
    whole: (decimal, unit, perYear) =>
      [exact.format(Number(decimal)), unit === undefined ? "" : unitWord(unit) + (perYear ? unitWord("/year") : "")].filter(Boolean).join(NO_BREAK),
    share: ([low, high]) => `${between((low ?? 0) * 100, (high ?? 1) * 100, (value) => plain.format(value))}${percent}`,
    amount({ low, high, unit, per_year, isDelivered }) {
      const ends = [low, high].map((end) => (end === undefined ? undefined : Number(end)));
      if (unit === "year") return between(ends[0], ends[1], (years) => duration.format(years)); // «2 года», not «2 год»
      const value = between(ends[0], ends[1], written);
      return [value, unit === undefined ? "" : unitWord(unit) + (per_year ? unitWord(isDelivered ? "12 months" : "/year") : "")]
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

const PERIODS = {
  "/year": { ru: "/год", en: "/year" },
  "12 months": { ru: `${NO_BREAK}за${NO_BREAK}12${NO_BREAK}мес.`, en: `${NO_BREAK}in${NO_BREAK}12${NO_BREAK}months` },
} as const;

export function useFigures(): Figures {
  const { t, i18n: { language } } = useTranslation("labels");
  return useMemo(() => figures(language, (unit) =>
    unit === "/year" || unit === "12 months"
      ? PERIODS[unit][language === "ru" ? "ru" : "en"]
      : unitWords(unit, (part) => (part === "year" ? (language === "ru" ? "год" : "year") : t(`unit.${part}`, { defaultValue: part }))),
  ), [language, t]);
}

/** Writes a moment as a reader of the language does: day and time. */
export function useMoment(): (iso: string) => string {
  const { i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language === "en" ? "en-GB" : "ru", { dateStyle: "medium", timeStyle: "short" });
  return (iso) => format.format(new Date(iso));
}

/** How many of a group there are: «≥ 30», «20–25», or «?». */
export function counted({ min, max }: { min: number | undefined; max: number | undefined }): string {
  if (min === undefined && max === undefined) return "?";
  if (min === max) return String(min);
  return max === undefined ? `≥ ${String(min)}` : `${String(min ?? 0)}–${String(max)}`;
}
