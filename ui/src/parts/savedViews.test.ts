import { beforeEach, expect, it } from "vitest";
import { dropView, savedViews, saveView } from "./savedViews";

const view = (name: string, address: string) => ({ name, address, savedOn: "2026-11-28" });

beforeEach(() => { localStorage.clear(); });

it("keeps the newest first, each address once", () => {
  saveView(view("a", "/explorer?focus=a"));
  saveView(view("b", "/explorer?focus=b"));
  saveView(view("again", "/explorer?focus=a"));
  expect(savedViews().map(({ name }) => name)).toEqual(["again", "b"]);
  dropView("/explorer?focus=a");
  expect(savedViews().map(({ name }) => name)).toEqual(["b"]);
});

it("has nothing where what is kept cannot be read, and no address of another site", () => {
  localStorage.setItem("zveno.views", "{not json");
  expect(savedViews()).toEqual([]);
  localStorage.setItem("zveno.views", JSON.stringify([view("evil", "https://elsewhere.invalid/"), view("own", "/paths")]));
  expect(savedViews().map(({ name }) => name)).toEqual(["own"]);
});
