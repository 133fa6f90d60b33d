/** How the service is, told by the answers of the page that is open. */
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import type { Meta } from "./ask";
import { Problem } from "./client";

export type Health =
  | { state: "well" }
  | { state: "offline" }
  /** It answers from what it read last: the version of the graph and when that was written. */
  | { state: "stale"; version: number; time: string | null };

const LOOK_AGAIN_MS = 5000;
const WELL = JSON.stringify({ state: "well" } satisfies Health);

/** The health, looked at again by itself until all is well; then everything on the page is asked anew. */
export function useHealth(): { health: Health; retry: () => void } {
  const queries = useQueryClient();
  const told = useSyncExternalStore(
    useCallback((listener) => queries.getQueryCache().subscribe(listener), [queries]),
    () => healthOf(queries),
  );
  const health = JSON.parse(told) as Health;
  const retry = useCallback(() => { void queries.refetchQueries({ type: "active" }); }, [queries]);
  useEffect(() => {
    if (health.state === "well") return undefined;
    const timer = setInterval(() => {
      void isReady().then((isWell) => { if (isWell) retry(); });
    }, LOOK_AGAIN_MS);
    return () => { clearInterval(timer); };
  }, [health.state, retry]);
  return { health, retry };
}

/** As text, so that nothing is drawn anew while it stays the same. */
function healthOf(queries: QueryClient): string {
  const shown = queries.getQueryCache().getAll().filter((query) => query.isActive());
  if (shown.some(({ state: { error } }) => error instanceof Problem && error.isOffline)) {
    return JSON.stringify({ state: "offline" } satisfies Health);
  }
  for (const { state: { data } } of shown) {
    const meta = (data as { meta?: Meta } | undefined)?.meta;
    if (meta?.stale) return JSON.stringify({ state: "stale", version: meta.graph_version, time: meta.known_at_time } satisfies Health);
  }
  return WELL;
}

async function isReady(): Promise<boolean> {
  try {
    const response = await fetch("/readyz");
    return response.ok && !((await response.json()) as { stale: boolean }).stale;
  } catch {
    return false;
  }
}
