import { describe, expect, it } from "vitest";
import { addressOf, searchOf, weightsOf, wider, wordsOf, USUAL_WEIGHTS } from "./search";

describe("the address of a search for partners", () => {
  it("is read and written without loss", () => {
    const text = "id=x&who=customers&product=20.11&within_km=any&region=RU-VGG&-entity=a%2Cb&order=distance&weights=distance%3D2%2Ctie%3D0&limit=40&at=y";
    expect(addressOf(searchOf(new URLSearchParams(text))).toString()).toBe(text);
    expect(addressOf(searchOf(new URLSearchParams("id=x"))).toString()).toBe("id=x");
  });

  it("takes what makes no sense for the usual", () => {
    const found = searchOf(new URLSearchParams("id=x&within_km=-5&limit=much&order=up&weights=distanse=1,tie=-1,shared="));
    expect(found).toMatchObject({ km: 100, limit: 20, order: "score", weights: USUAL_WEIGHTS });
  });

  it("names only weights that were changed", () => {
    expect(wordsOf(weightsOf("tie=0,shared=1"))).toBe("tie=0");
  });

  it("widens to the next round circle", () => {
    expect([wider(20), wider(100), wider(1000), wider(20, 181.9)]).toEqual([25, 150, 1100, 200]);
  });
});
