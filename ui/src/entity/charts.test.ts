import { describe, expect, it } from "vitest";
import { chartsOf, isDrawn, type ChartBar } from "./charts";

const entity = (id: string) => ({ id, name: id, type: "Plant" });
const looks = ({ key, low, high, isUnknown = false }: ChartBar) => [key, low, high, isUnknown];

describe("charts of shares", () => {
  it("draw the unnamed rest as possible, no larger than the named leave it", () => {
    const [chart] = chartsOf("/api/v1/entities/{id}/concentration", {
      items: [{ product: entity("steel"), hhi: [0.25, 1], unnamed_share: [0, 1], claims: ["c"],
        parties: [{ entity: entity("a"), share: [0.5, 1] }, { entity: entity("b") }] }],
    }) ?? [];
    expect(chart?.bars.map(looks)).toEqual([["a", 0.5, 1, false], ["b", 0, 1, true], ["rest", 0, 0.5, false]]);
    expect(chart?.index).toEqual([0.25, 1]);
  });

  it("have no rest where the named are the whole", () => {
    const [chart] = chartsOf("/api/v1/entities/{id}/concentration", {
      items: [{ unnamed_share: [0, 1], claims: [], parties: [{ entity: entity("a"), share: [1, 1] }] }],
    }) ?? [];
    expect(chart?.bars.map(({ key }) => key)).toEqual(["a"]);
  });

  it("count links where no amount is known, and never say that the named are all", () => {
    const data = { total: 1, link_count: 4, other_makers: [entity("maker")], other_makers_total: 1, items: [{ entity: entity("a"), link_count: 3, claims: ["c"] }] };
    const [chart] = chartsOf("/api/v1/entities/{id}/sellers", data) ?? [];
    expect(chart?.isCounted).toBe(true);
    expect(chart?.bars.map(looks)).toEqual([["a", 0.75, 0.75, false], ["maker", 0, 1, true], ["others", 0, 1, true]]);
    const known = { ...data, items: [{ ...data.items[0], share: [0, 0.75] }] };
    expect(chartsOf("/api/v1/entities/{id}/sellers", known)?.[0]?.bars[0]).toMatchObject({ low: 0, high: 0.75 });
  });

  it("hatch a flow of which the other side may be inside", () => {
    const [, out] = chartsOf("/api/v1/regions/{id}/cooperation", {
      by_direction: { inside: 0, out: 4, in: 0 },
      items: [
        { direction: "out", entity: entity("Omsk"), known: "region", link_count: 1, claims: [] },
        { direction: "out", entity: entity("Russia"), known: "country", link_count: 2, may_be_inside: true, claims: [] },
        { direction: "out", known: "nothing", link_count: 1, may_be_inside: true, claims: [] },
      ],
    }) ?? [];
    expect(out?.bars.map(looks)).toEqual([["Omsk", 0.25, 0.25, false], ["Russia", 0, 0.5, false], ["nothing", 0, 0.25, false]]);
  });

  it("leave needs that nobody is known to meet as possible", () => {
    const [chart] = chartsOf("/api/v1/entities/{id}/self-sufficiency", { needs_total: 4, met_total: 1, by_value: [{ unit: "RUB", share: [0.2, 0.6], needs_total: 2 }] }) ?? [];
    expect(chart?.bars.map(looks)).toEqual([["needs", 0.25, 1, false], ["RUB", 0.2, 0.6, false]]);
    expect(chartsOf("/api/v1/entities/{id}/self-sufficiency", { needs_total: 0, met_total: 0 })).toEqual([]);
  });

  it("count those whom nobody loaded among the rest", () => {
    const seller = { entity: entity("a"), link_count: 3, claims: [] };
    const [chart] = chartsOf("/api/v1/entities/{id}/sellers", { items: [seller], total: 5, link_count: 9, other_makers: [entity("m")], other_makers_total: 3 }) ?? [];
    expect(chart?.unloaded).toBe(6);
    const flow = (direction: string) => ({ direction, entity: entity("Omsk"), known: "region", link_count: 1, claims: [] });
    const unloaded = (...directions: string[]) => chartsOf("/api/v1/regions/{id}/cooperation", { items: directions.map(flow), total: 4, by_direction: { inside: 0, out: 2, in: 2 } })?.slice(1).map((one) => one.unloaded);
    expect(unloaded("out", "in")).toEqual([0, 2]);
    expect(unloaded("out")).toEqual(["some"]);
    expect(unloaded("out", "out", "in", "in")).toEqual([0, 0]);
  });

  it("are of some questions only", () => {
    expect(isDrawn("/api/v1/entities/{id}/partners")).toBe(false);
    expect(chartsOf("/api/v1/entities/{id}/partners", {})).toBeUndefined();
  });
});
