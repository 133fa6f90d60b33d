/** What one sees in the explorer, as a value: undo goes back to an earlier one, an address holds one exactly. */

export type Side = "upstream" | "downstream";
export type Layout = "tiers" | "free";
export type Tab = "graph" | "map" | "table";

/** Neighbours of one entity by one relation that somebody has asked to see. */
export interface Opened {
  id: string;
  relation: string;
  side: Side;
  /** Only so many, the others as a group; all of them unless given. */
  fan?: number | undefined;
}

export interface View {
  /** Whom it begins with. */
  focus: readonly string[];
  upstream: number;
  downstream: number;
  /** How many entities are shown at most. */
  most: number;
  opened: readonly Opened[];
  /** Entities taken out of the picture. */
  hidden: readonly string[];
  /** Where somebody has put an entity: x and y of its centre. */
  pinned: Readonly<Record<string, readonly [number, number]>>;
  /** Relations, types and statuses that are switched off. */
  off: readonly string[];
  /** The day it was true; today unless given. */
  validAt: string | undefined;
  /** Another day to compare with: what is new and what has ended between the two. */
  from: string | undefined;
  /** The two between whom the shortest path is shown. */
  path: readonly [string, string] | undefined;
  /** By tiers, or freely by closeness. */
  layout: Layout;
  tab: Tab;
  selected: readonly string[];
}

export const EMPTY: View = {
  focus: [], upstream: 1, downstream: 1, most: 300, opened: [], hidden: [], pinned: {}, off: [], validAt: undefined,
  from: undefined, path: undefined,  layout: "tiers", tab: "graph", selected: [],
};

const MOST_TIERS = 5;

/** Sizes of a picture: the first is usual, from the third on one is warned. */
export const SIZES = [300, 1000, 2000, 5000] as const;

/** The view as parameters of an address; what is as usual is left out. */
export function toParameters(view: View): URLSearchParams {
  const given = new URLSearchParams();
  const set = (name: string, value: string, usual = "") => {
    if (value !== usual) given.set(name, value);
  };
  set("focus", view.focus.join(","));
  set("up", String(view.upstream), "1");
  set("down", String(view.downstream), "1");
  set("most", String(view.most), "300");
  set("open", view.opened.map(({ id, relation, side, fan }) => [id, relation, side === "upstream" ? "up" : "down", ...(fan === undefined ? [] : [fan])].join("~")).join(","));
  set("hide", view.hidden.join(","));
  set("pin", Object.entries(view.pinned).map(([id, [x, y]]) => [id, Math.round(x), Math.round(y)].join("~")).join(","));
  set("off", view.off.join(","));
  set("at", view.validAt ?? "");
  set("from", view.from ?? "");
  set("path", view.path?.join("~") ?? "");
  set("layout", view.layout, "tiers");
  set("tab", view.tab);
  set("sel", view.selected.join(","));
  return given;
}

/** The view that an address holds; what cannot be read is as usual. */
export function fromParameters(given: URLSearchParams): View {
  const list = (name: string) => (given.get(name) ?? "").split(",").filter(Boolean);
  const tiers = (name: string, usual: number) => {
    const found = Number(given.get(name) ?? usual);
    return Number.isInteger(found) && found >= 0 && found <= MOST_TIERS ? found : usual;
  };
  const [start, end] = (given.get("path") ?? "").split("~");
  const tab = given.get("tab");
  const day = (name: string) => {
    const found = given.get(name) ?? "";
    return /^\d{4}-\d\d-\d\d$/.test(found) && isDay(found) ? found : undefined;
  };
  return {
    focus: list("focus"),
    upstream: tiers("up", 1),
    downstream: tiers("down", 1),
    most: SIZES.find((size) => String(size) === given.get("most")) ?? SIZES[0],
    opened: list("open").flatMap((text) => {
      const [id = "", relation = "", side = "", first = ""] = text.split("~");
      const fan = /^[1-9]\d{0,2}$/.test(first) ? { fan: Number(first) } : {};
      return id && relation ? [{ id, relation, side: side === "up" ? "upstream" : "downstream", ...fan } as const] : [];
    }),
    hidden: list("hide"),
    pinned: Object.fromEntries(
      list("pin").flatMap((text) => {
        const [id = "", x, y] = text.split("~");
        return Number.isFinite(Number(x)) && Number.isFinite(Number(y)) ? [[id, [Number(x), Number(y)] as const]] : [];
      }),
    ),
    off: list("off"),
    validAt: day("at"),
    from: day("from"),
    path: start && end ? [start, end] : undefined,
    layout: given.get("layout") === "free" ? "free" : "tiers",
    tab: tab === "map" || tab === "table" ? tab : "graph",
    selected: list("sel"),
  };
}

/** Whether there is such a day: 31 February is none. */
function isDay(iso: string): boolean {
  const time = Date.parse(iso);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso);
}

/** Put something into a list or take it out. */
export function toggled(list: readonly string[], item: string): readonly string[] {
  return list.includes(item) ? list.filter((one) => one !== item) : [...list, item];
}
