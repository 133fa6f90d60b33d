import { describe, expect, it } from "vitest";
import { figures, unitWords } from "./numbers";

const UNITS: Record<string, string> = { RUB: "₽", t: "т", "/year": "/год", "12 months": " за 12 мес." };
const ru = figures("ru", (unit) => UNITS[unit] ?? unit);
const en = figures("en", (unit) => (unit === "/year" ? "/year" : unit));
const plain = (text: string) => text.replace(/\u00a0|\u202f/g, " ");

describe("figures", () => {
  it("write amounts with their unit, short from a million", () => {
    expect(plain(ru.amount({ low: "1700000000", high: "1700000000", unit: "RUB", per_year: false }))).toBe("1,7 млрд ₽");
    expect(plain(en.amount({ low: "1700000000", high: "1700000000", unit: "RUB", per_year: false }))).toBe("1.7B RUB");
    expect(plain(ru.amount({ low: "2", high: "2", unit: "year", per_year: false }))).toBe("2 года");
    expect(plain(en.amount({ low: "1", high: "1", unit: "year", per_year: false }))).toBe("1 year");
    expect(plain(ru.amount({ low: "15", high: "16", unit: "t", per_year: true }))).toBe("15–16 т/год");
  });

  it("call what was delivered in a year no rate", () => {
    expect(plain(ru.amount({ low: "20", high: "20", unit: "t", per_year: true, isDelivered: true }))).toBe("20 т за 12 мес.");
    expect(plain(ru.amount({ low: "20", high: "20", unit: "t", per_year: false, isDelivered: true }))).toBe("20 т");
  });

  it("write both parts of a rate", () => {
    expect(unitWords("t/day", (part) => ({ t: "т", day: "сут." })[part] ?? part)).toBe("т/сут.");
  });

  it("never round an open interval to its known end", () => {
    expect(plain(ru.amount({ low: "30", per_year: false }))).toBe("≥ 30");
    expect(plain(ru.amount({ high: "8", unit: "t", per_year: false }))).toBe("≤ 8 т");
    expect(plain(ru.amount({ per_year: false }))).toBe("?");
  });

  it("write shares as percent", () => {
    expect(plain(ru.share([0, 1]))).toBe("0–100 %");
    expect(en.share([0.15, 0.15])).toBe("15%");
  });

  it("write days as a reader does", () => {
    expect(ru.day("2017-03-21")).toBe("21.03.2017");
    expect(en.day("2017-03-21")).toBe("21 Mar 2017");
    expect(ru.day("2016-09-01")).toBe("01.09.2016");
    expect(ru.day("2017")).toBe("2017");
  });
});
