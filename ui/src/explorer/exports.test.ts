import { expect, it } from "vitest";
import { neutral, toCsv, toJson } from "./exports";
import type { Amount } from "../api/client";
import type { Net } from "./net";

it("lets no name become a formula", () => {
  for (const name of ["=1+1", "+7", "-2", "@SUM(A1)", "\tx"]) expect(neutral(name)).toBe(`'${name}`);
  expect(neutral("Каустик")).toBe("Каустик");
});

it("writes each link as a row, with quotes doubled", async () => {
  const node = (id: string, name: string) =>
    [id, { entity: { id, name, type: "Plant" }, tier: 0, point: undefined, isTown: true, count: undefined, relations: {} }] as const;
  const net: Net = {
    nodes: new Map([node("a", 'ООО "А"'), node("b", "=cmd")]),
    edges: [{ id: "a S b", from: "a", to: "b", relation: "SUPPLIES", status: "actual", isDisputed: false, products: ["x", "y"], amount: { low: "1600", high: "1800", unit: "t", per_year: true } as Amount, claims: 2 }],
    more: [], isCut: false,
  };
  const text = await toCsv(net, "en").text();
  expect(text.split("\r\n")[1]).toBe(`"ООО ""А""","a","SUPPLIES","'=cmd","b","x; y","actual","false",1600,1800,"t","true",2,""`);
  expect((await toCsv({ ...net, edges: [] }, "en").text()).trim().split(",")).toHaveLength(14);
  const [edge] = net.edges;
  const half = edge ? [{ ...edge, amount: { ...edge.amount, low: "0.5" } as Amount }] : [];
  expect((await toCsv({ ...net, edges: half }, "ru").text()).split("\r\n")[1]).toContain(`"x; y";"actual";"false";0,5;1800;"t"`);
});

it("says of a point that it is that of a town only where there is one", async () => {
  const node = (id: string, point?: [number, number]) =>
    [id, { entity: { id, name: id, type: "Plant" }, tier: 0, point, isTown: true, count: undefined, relations: {} }] as const;
  const net: Net = { nodes: new Map([node("a"), node("b", [48.7, 44.5])]), edges: [], more: [], isCut: false };
  const { nodes } = JSON.parse(await toJson(net).text()) as { nodes: Record<string, unknown>[] };
  expect(nodes.map(({ isTown }) => isTown)).toEqual([undefined, true]);
});
