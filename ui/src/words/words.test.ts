import { describe, expect, it } from "vitest";
import en from "./en.json";
import ru from "./ru.json";

interface Words { [key: string]: string | Words }

const PLURAL = /_(one|few|many|other)$/;

function keys(words: Words, prefix = ""): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === "string" ? [prefix + key] : keys(value, `${prefix}${key}.`),
  );
}

function texts(words: Words): Map<string, string> {
  return new Map(keys(words).map((key) => [key, key.split(".").reduce<string | Words>((at, part) => (at as Words)[part] ?? "", words) as string]));
}

describe("the words of the pages", () => {
  it("exist in both languages", () => {
    const [russian, english] = [ru, en].map((words) => new Set(keys(words).map((key) => key.replace(PLURAL, ""))));
    expect(russian).toEqual(english);
  });

  it("have every plural form of their language", () => {
    for (const [words, forms] of [[ru, ["one", "few", "many", "other"]], [en, ["one", "other"]]] as const) {
      const plurals = keys(words).filter((key) => PLURAL.test(key));
      for (const key of new Set(plurals.map((one) => one.replace(PLURAL, "")))) {
        expect(plurals.filter((one) => one.replace(PLURAL, "") === key).map((one) => PLURAL.exec(one)?.[1]).sort())
          .toEqual([...forms].sort());
      }
    }
  });

  it("name the same values in both languages", () => {
    const [russian, english] = [texts(ru), texts(en)];
    for (const [key, text] of english) {
      const own = (of: string) => (of.match(/\{\{\w+\}\}/g) ?? []).sort();
      const other = russian.get(key) ?? russian.get(key.replace(PLURAL, "_many"));
      expect(own(other ?? ""), key).toEqual(own(text));
    }
  });
});
