import { describe, expect, it } from "vitest";
import { history, historyOf } from "./useView";
import { EMPTY, fromParameters, toggled, toParameters, type View } from "./view";

const SEEN: View = {
  focus: ["a", "b"], upstream: 3, downstream: 0, most: 2000,
  opened: [{ id: "c", relation: "OWNS", side: "upstream" }, { id: "d", relation: "SUPPLIES", side: "downstream", fan: 20 }],
  hidden: ["e"], pinned: { a: [12, -40] }, off: ["EXPORTS_TO", "planned", "Product"], validAt: "2020-02-29", from: "2016-01-31", path: ["a", "d"],
  layout: "free", tab: "table", selected: ["c"],
};

describe("a view", () => {
  it("comes back from its address exactly", () => {
    expect(fromParameters(toParameters(SEEN))).toEqual(SEEN);
    expect(fromParameters(toParameters(EMPTY))).toEqual(EMPTY);
    expect(toParameters(EMPTY).toString()).toBe("tab=graph");
  });

  it("is as usual where an address makes no sense", () => {
    expect(fromParameters(new URLSearchParams("up=99&down=x&most=7&tab=moon&at=2026-02-31&open=~,q,a~~up&pin=z~a~b&path=q"))).toEqual(EMPTY);
  });
});

describe("undo", () => {
  it("goes back step by step, and forward again", () => {
    let now = historyOf(EMPTY);
    for (const id of ["x", "y", "z"]) {
      now = history(now, { do: "change", change: (view) => ({ ...view, hidden: toggled(view.hidden, id) }), said: id });
    }
    const end = now.now;
    for (let n = 0; n < 3; n++) now = history(now, { do: "undo" });
    expect(now.now).toEqual(EMPTY);
    expect(history(now, { do: "undo" })).toBe(now);
    for (let n = 0; n < 3; n++) now = history(now, { do: "redo" });
    expect(now.now).toEqual(end);
    expect(now.said).toBe("z");
  });

  it("does not count choosing as a step", () => {
    const chosen = history(historyOf(EMPTY), { do: "change", change: (view) => ({ ...view, selected: ["a"] }), isQuiet: true });
    expect(chosen.past).toHaveLength(0);
    expect(chosen.now.selected).toEqual(["a"]);
  });

  it("forgets what was undone when something else is done", () => {
    const hide = (id: string) => ({ do: "change", change: (view: View) => ({ ...view, hidden: [id] }) }) as const;
    const other = history(history(history(historyOf(EMPTY), hide("a")), { do: "undo" }), hide("b"));
    expect(other.future).toHaveLength(0);
  });
});
