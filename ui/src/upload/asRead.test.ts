import { describe, expect, it } from "vitest";
import { figures } from "../words/numbers";
import { asRead, exampleAsRead } from "./asRead";

const ru = figures("ru", (unit) => ({ RUB: "₽", t: "т", "/year": "/год" })[unit] ?? unit);
const plain = (stated: Record<string, string>) => asRead(stated, ru).map(([name, text]) => `${name} ${text}`.replace(/\u00a0|\u202f/g, " "));

describe("figures as they were read", () => {
  it("are whole, with their unit and in the reader's language", () => {
    expect(plain({ status: "actual", value: "1234567500.5", currency: "RUB", quantity: "0.125", unit: "t", buyer_share: "0.35", valid_from: "2024-02-01" }))
      .toEqual(["status actual", "value 1 234 567 500,5 ₽", "quantity 0,125 т", "buyer_share 35 %", "valid_from 01.02.2024"]);
  });
  it("say that money of a standing rate is that of a year, and a delivery is one", () => {
    expect(plain({ basis: "rate", value: "5", currency: "RUB", quantity: "2" })).toEqual(["basis rate", "value 5 ₽/год", "quantity 2"]);
    expect(plain({ basis: "delivery", value: "5", currency: "RUB" })).toEqual(["basis delivery", "value 5 ₽"]);
  });
  it("are written so in examples of a workbook's cells", () => {
    expect(exampleAsRead("date", "2024-02-01", ru)).toBe("01.02.2024");
    expect(exampleAsRead("money", "15000.5", ru).replace(/\s/g, " ")).toBe("15 000,5");
    expect(exampleAsRead("inn", "7707083893", ru)).toBe("7707083893");
    expect(exampleAsRead("date", "12 марта", ru)).toBe("12 марта");
  });
  it("stand as they are where they are no figures", () => {
    expect(plain({ inn: "7707083893", currency: "RUB", value: "5" })).toEqual(["inn 7707083893", "value 5 ₽"]);
    expect(plain({ unit: "t", quantity: "5" })).toEqual(["quantity 5 т"]);
    expect(plain({ currency: "RUB" })).toEqual(["currency RUB"]);
  });
});
