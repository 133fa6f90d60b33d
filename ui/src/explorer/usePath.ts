import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ask, type Answer } from "../api/ask";
import type { Problem } from "../api/client";
import { DRAWN } from "../paths/relations";
import { pathOf, type FoundPath } from "./pathNet";
import type { View } from "./view";

interface Asked {
  /** What was found, in words; where nothing was, why. */
  summary: string;
  path: FoundPath | undefined;
  /** What it was read from. */
  network?: Answer<"/api/v1/network">;
  /** The kinds of links that it goes along, where the usual ones do not lead there. */
  along?: string;
}

/** The shortest path between the two that the view names, with its entities and links; undefined until it is there. */
export function usePath({ path, validAt }: View): { asked: Asked | undefined; problem: Problem | undefined; isWaiting: boolean } {
  const lang = useTranslation().i18n.language;
  const query = useQuery<Asked, Problem>({
    queryKey: ["path", path, validAt, lang],
    queryFn: async ({ signal }) => {
      const clock = { valid_at: validAt, lang };
      const asked = { from: path?.[0], to: path?.[1], k: 1, ...clock };
      const usual = await ask("/api/v1/paths", asked, signal);
      // The picture also shows who makes and needs what, so a path along that is no surprise in it.
      const along = usual.data.items.length > 0 ? undefined : DRAWN.join(",");
      const answer = along === undefined ? usual : await ask("/api/v1/paths", { ...asked, relations: along }, signal);
      const ties = answer.data.items[0]?.ties ?? [];
      if (ties.length === 0) return { summary: answer.summary, path: undefined };
      const ids = [...new Set(ties.flatMap(({ from, to }) => [from.id, to.id]))];
      const network: Answer<"/api/v1/network"> = await ask("/api/v1/network", {
        id: ids.join(","), upstream: 0, downstream: 0, relation: [...new Set(ties.map(({ relation }) => relation))].join(","),
        most: 1000, claims: false, ...clock,
      }, signal);
      return { summary: answer.summary, path: pathOf(ties, network), network, ...(along === undefined ? {} : { along }) };
    },
    enabled: path !== undefined,
  });
  const isAsked = path !== undefined;
  return { asked: isAsked ? query.data : undefined, problem: isAsked ? query.error ?? undefined : undefined, isWaiting: query.isFetching };
}
