import { expect, it } from "vitest";
import { fanOf, groupId, groupOf, groupTier, isOut } from "./hubs";
import { together, type NetworkAnswer } from "./net";

const item = (id: string, tier: number) => ({ entity: { id, name: id, type: "Company" }, tier, relations: {} });
const network = (ids: string[], edges: [number, number][], total?: number) => ({
  data: {
    around: [{ id: "hub" }], total: ids.length, by_status: {}, items: ids.map((id, place) => item(id, place === 0 ? 0 : -1)),
    edges: edges.map(([from, to]) => ({ from, to, relation: "SUPPLIES", status: "actual", claims_total: 1 })),
    more: total === undefined ? [] : [{ entity: "hub", relation: "SUPPLIES", direction: "upstream", shown: edges.length, total }],
  },
  meta: { truncated: false },
}) as unknown as NetworkAnswer;

it("a group stands for the neighbours that are not shown, until they are opened", () => {
  const base = network(["hub", "a"], [[1, 0]], 3);
  const found = together(base, []);
  const group = found.more[0];
  expect(group).toMatchObject({ id: "hub", shown: 1, total: 3 });
  expect(group && groupOf(groupId(group), found)).toBe(group);
  expect(group && groupTier(group, found)).toBe(-1);
  expect(together(base, [network(["hub", "a", "b", "c"], [[1, 0], [2, 0], [3, 0]])]).more).toEqual([]);
});

it("of a hub the first are opened, all of it only when the group is asked for", () => {
  expect(fanOf(0, 29)).toBeUndefined();
  expect(fanOf(0, 150)).toBe(20);
  expect(fanOf(20, 150)).toBeUndefined();
});

it("links lead into a hub from suppliers and out of it to what it needs", () => {
  expect(isOut("SUPPLIES", "upstream")).toBe(false);
  expect(isOut("SUPPLIES", "downstream")).toBe(true);
  expect(isOut("NEEDS", "upstream")).toBe(true);
});
