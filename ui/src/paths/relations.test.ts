import { describe, expect, it } from "vitest";
import { RELATIONS, walked, withWalked } from "./relations";

const address = (text = "") => new URLSearchParams(text);

describe("the kinds of links in the address", () => {
  it("are the usual unless said otherwise", () => {
    expect(walked(address())).toContain("SUPPLIES");
    expect(walked(address())).not.toContain("LOCATED_IN");
    expect(withWalked(address("from=a&relations=OWNS"), walked(address())).toString()).toBe("from=a");
  });

  it("are said by what is left out where that is shorter", () => {
    const chosen = walked(address()).filter((one) => one !== "OWNS");
    expect(withWalked(address(), chosen).get("-relations")).toBe("OWNS");
  });

  it("come back from the address as they went in", () => {
    for (const chosen of [["SUPPLIES"], ["SUPPLIES", "LOCATED_IN"], walked(address()).slice(1), [...RELATIONS]]) {
      expect(walked(withWalked(address(), chosen))).toEqual(chosen);
    }
  });

  it("are the usual again when none is chosen", () => {
    expect(withWalked(address("relations=OWNS"), []).toString()).toBe("");
  });
});
