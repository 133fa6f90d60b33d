import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ask, type Answer } from "../api/ask";
import type { Problem } from "../api/client";
import { pathOf, type FoundPath } from "./pathNet";
import type { View } from "./view";

interface Asked {
  /** What was found, in words; where nothing was, why. */
  summary: string;
  path: FoundPath | undefined;
  network?: Answer<"/api/v1/network">;
}

/** The shortest path between the two that the view names, with its entities and links; undefined until it is there. */
export function usePath({ path, validAt }: View): { asked: Asked | undefined; problem: Problem | undefined; isWaiting: boolean } {
  const lang = useTranslation().i18n.language;
  const query = useQuery<Asked, Problem>({
    queryKey: ["path", path, validAt, lang],
    queryFn: async ({ signal }) => {
      const clock = { valid_at: validAt, lang };
      const answer = await ask("/api/v1/paths", { from: path?.[0], to: path?.[1], k: 1, ...clock }, signal);
      const ties = answer.data.items[0]?.ties ?? [];
      if (ties.length === 0) return { summary: answer.summary, path: undefined };
      const ids = [...new Set(ties.flatMap(({ from, to }) => [from.id, to.id]))];
      const network: Answer<"/api/v1/network"> = await ask("/api/v1/network", {
        id: ids.join(","), upstream: 0, downstream: 0, relation: [...new Set(ties.map(({ relation }) => relation))].join(","),
        most: 1000, claims: false, ...clock,
      }, signal);
      return { summary: answer.summary, path: pathOf(ties, network), network };
    },
    enabled: path !== undefined,
  });
  const isAsked = path !== undefined;
  return { asked: isAsked ? query.data : undefined, problem: isAsked ? query.error ?? undefined : undefined, isWaiting: query.isFetching };
}
