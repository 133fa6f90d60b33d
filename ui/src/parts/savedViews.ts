/** Views that somebody has kept in this browser: a name and an address that restores it exactly. */
import { useSyncExternalStore } from "react";

export interface SavedView {
  name: string;
  address: string;
  savedOn: string;
}

const KEPT = "zveno.views";
const MOST = 50;
const listeners = new Set<() => void>();
let last: { text: string | null; views: readonly SavedView[] } = { text: null, views: [] };

/** What is kept; nothing where it cannot be read. */
export function savedViews(): readonly SavedView[] {
  const text = localStorage.getItem(KEPT);
  if (text !== last.text) last = { text, views: read(text) };
  return last.views;
}

function read(text: string | null): readonly SavedView[] {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found.filter(isView) : [];
  } catch {
    return [];
  }
}

function isView(one: unknown): one is SavedView {
  return typeof one === "object" && one !== null && "name" in one && "address" in one && typeof one.address === "string" && one.address.startsWith("/");
}

/** Keep a view; the same address again takes the place of the old one. */
export function saveView(view: SavedView): void {
  write([view, ...savedViews().filter(({ address }) => address !== view.address)].slice(0, MOST));
}

/** Keep it no longer. */
export function dropView(address: string): void {
  write(savedViews().filter((view) => view.address !== address));
}

function write(views: readonly SavedView[]): void {
  localStorage.setItem(KEPT, JSON.stringify(views));
  listeners.forEach((listener) => { listener(); });
}

/** The views that are kept, followed as they change. */
export function useSavedViews(): readonly SavedView[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, savedViews);
}
