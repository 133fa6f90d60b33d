import { useTranslation } from "react-i18next";

/** Bounds with two digits behind the point, the least rounded down and the greatest up. */
export function outward(low: number, high: number): [number, number] {
  return [Math.floor(low * 100 + 1e-9) / 100, Math.max(0, Math.ceil(high * 100 - 1e-9)) / 100];
}

/** How scores and weights are written: two digits behind the point, never wider than their bounds. */
export function useScore(): { interval: (low: number, high: number) => string; weight: (weight: number) => string } {
  const { i18n } = useTranslation();
  const write = (value: number) => new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
  return {
    interval: (low, high) => {
      const [from, to] = outward(low, high).map(write);
      return from === to ? from ?? "" : `${from}–${to}`;
    },
    weight: (weight) => new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 }).format(weight),
  };
}
