/** Keys of the explorer by their place on the keyboard, so that they work in every layout. */

export type Act =
  | "left" | "right" | "up" | "down" | "card" | "expand" | "collapse" | "pin" | "hide" | "layout" | "fit" | "in" | "out"
  | "undo" | "redo" | "path" | "evidence" | "graph" | "map" | "table" | "keys" | "back";

const PLAIN: Record<string, Act> = {
  ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", Enter: "card", KeyE: "expand", KeyC: "collapse",
  KeyP: "pin", KeyX: "hide", KeyL: "layout", Digit0: "fit", Numpad0: "fit", Equal: "in", NumpadAdd: "in", Minus: "out",
  NumpadSubtract: "out", KeyT: "path", KeyI: "evidence", Digit1: "graph", Digit2: "map", Digit3: "table", Escape: "back",
};

/** Those that only mean something while the canvas has the focus. */
const OF_CANVAS = new Set<Act>(["left", "right", "up", "down", "card"]);

/** What a key press asks for; undefined where it is none of ours, or somebody is typing. */
export function actOf(event: KeyboardEvent): Act | undefined {
  const target = event.target instanceof HTMLElement ? event.target : undefined;
  if (target?.closest("input:not([type=checkbox]):not([type=range]), textarea, select")) return undefined;
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyZ") return event.shiftKey ? "redo" : "undo";
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyY") return "redo";
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return "keys";
  const act = PLAIN[event.code];
  if (act && OF_CANVAS.has(act) && !target?.closest(".canvas")) return undefined;
  return act;
}

/** The list that `?` shows: signs of the keys, in both layouts where letters differ, and what they do. */
export const KEYS: [string, Act][] = [
  ["← →", "left"], ["↑ ↓", "up"], ["Enter", "card"], ["E У", "expand"], ["C С", "collapse"], ["P З", "pin"], ["X Ч", "hide"],
  ["L Д", "layout"], ["0", "fit"], ["+ −", "in"], ["Ctrl+Z", "undo"], ["Ctrl+Shift+Z Ctrl+Y", "redo"], ["T Е", "path"], ["I Ш", "evidence"],
  ["1 2 3", "graph"], ["?", "keys"], ["Esc", "back"],
];
