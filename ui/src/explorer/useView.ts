import { useCallback, useEffect, useReducer, useRef } from "react";
import { fromParameters, toParameters, type View } from "./view";

interface History {
  past: readonly Step[];
  now: View;
  future: readonly Step[];
  /** What was done last, for the line that offers to take it back. */
  said: string | undefined;
}

interface Step {
  view: View;
  said: string | undefined;
}

type Act =
  | { do: "change"; change: (view: View) => View; said?: string | undefined; isQuiet?: boolean }
  | { do: "undo" | "redo" | "silence" }
  | { do: "replace"; view: View };

const MOST_STEPS = 200;

export function historyOf(view: View): History {
  return { past: [], now: view, future: [], said: undefined };
}

/** Every change can be taken back; choosing and looking (quiet changes) are no steps of their own. */
export function history(old: History, act: Act): History {
  if (act.do === "silence") return { ...old, said: undefined };
  if (act.do === "replace") return historyOf(act.view);
  if (act.do === "change") {
    const now = act.change(old.now);
    if (now === old.now) return old;
    if (act.isQuiet) return { ...old, now };
    return {
      past: [...old.past, { view: old.now, said: old.said }].slice(-MOST_STEPS),
      now, future: [], said: act.said,
    };
  }
  const [from, to] = act.do === "undo" ? [old.past, old.future] : [old.future, old.past];
  const step = from.at(-1);
  if (step === undefined) return old;
  const rest = from.slice(0, -1);
  const added = [...to, { view: old.now, said: old.said }];
  const now = { ...step.view, tab: old.now.tab }; // whoever undoes something stays where he sees it
  return act.do === "undo"
    ? { past: rest, now, future: added, said: undefined }
    : { past: added, now, future: rest, said: step.said };
}

export interface ViewHistory {
  view: View;
  said: string | undefined;
  canUndo: boolean;
  canRedo: boolean;
  /** Change what is seen, saying what was done. */
  change: (change: (view: View) => View, said?: string) => void;
  /** Change what is chosen or which tab is open: no step to take back. */
  quietly: (change: (view: View) => View) => void;
  undo: () => void;
  redo: () => void;
  silence: () => void;
}

/** The view that the address holds, with undo and redo; the address follows. */
export function useView(): ViewHistory {
  const [found, act] = useReducer(history, undefined, () => historyOf(first()));
  const written = useRef(location.search);
  useEffect(() => {
    const query = toParameters(found.now).toString();
    const address = query ? `?${query}` : location.pathname;
    written.current = query ? `?${query}` : "";
    window.history.replaceState(window.history.state, "", address);
  }, [found.now]);
  useEffect(() => {
    // Another address of the explorer, from a link or the buttons of the browser, is another view.
    const read = () => {
      if (location.pathname === "/explorer" && location.search !== written.current) {
        act({ do: "replace", view: fromParameters(new URLSearchParams(location.search)) });
      }
    };
    addEventListener("popstate", read);
    return () => { removeEventListener("popstate", read); };
  }, []);
  return {
    view: found.now,
    said: found.said,
    canUndo: found.past.length > 0,
    canRedo: found.future.length > 0,
    change: useCallback((change, said) => { act({ do: "change", change, said }); }, []),
    quietly: useCallback((change) => { act({ do: "change", change, isQuiet: true }); }, []),
    undo: useCallback(() => { act({ do: "undo" }); }, []),
    redo: useCallback(() => { act({ do: "redo" }); }, []),
    silence: useCallback(() => { act({ do: "silence" }); }, []),
  };
}

/** On a narrow screen the table says more than the picture, unless the address asks for the picture. */
function first(): View {
  const given = new URLSearchParams(location.search);
  const view = fromParameters(given);
  return matchMedia("(max-width: 720px)").matches && !given.has("tab") ? { ...view, tab: "table" } : view;
}
