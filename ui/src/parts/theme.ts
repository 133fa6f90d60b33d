import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";

const KEPT = "zveno.theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

/** The theme chosen here, else that of the system. */
export function theme(): Theme {
  const kept = localStorage.getItem(KEPT);
  if (kept === "light" || kept === "dark") return kept;
  return system.matches ? "dark" : "light";
}

/** Show the theme; called once before anything is drawn. */
export function startTheme(): void {
  document.documentElement.dataset.theme = theme();
  system.addEventListener("change", show);
}

function show(): void {
  document.documentElement.dataset.theme = theme();
  listeners.forEach((listener) => { listener(); });
}

/** The theme, and how to switch it. */
export function useTheme(): [Theme, () => void] {
  const current = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, theme);
  return [
    current,
    () => {
      localStorage.setItem(KEPT, current === "dark" ? "light" : "dark");
      show();
    },
  ];
}
