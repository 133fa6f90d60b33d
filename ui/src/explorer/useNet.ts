import { keepPreviousData, useQueries, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../api/ask";
import type { Problem } from "../api/client";
import { NOTHING, together, type Net, type NetworkAnswer } from "./net";
import type { Opened, View } from "./view";

const OF_A_HUB = 20;
const OPENED_AT_ONCE = 1000;

/** The network of a view, with what was opened since; earlier parts stay while others are on their way. */
export function useNet(view: View): { net: Net; query: UseQueryResult<NetworkAnswer, Problem>; isWaiting: boolean } {
  const lang = useTranslation().i18n.language;
  const clock = { valid_at: view.validAt, lang };
  const base = useQuery<NetworkAnswer, Problem>({
    queryKey: ["network", view.focus, view.upstream, view.downstream, view.most, clock],
    queryFn: ({ signal }) =>
      ask("/api/v1/network", {
        id: view.focus.join(","), upstream: view.upstream, downstream: view.downstream, fan: OF_A_HUB, most: view.most, claims: false,
        ...clock,
      }, signal),
    enabled: view.focus.length > 0,
    placeholderData: keepPreviousData,
  });
  const opened = useQueries({
    queries: view.opened.map((one) => ({
      queryKey: ["network", "opened", one, clock],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask("/api/v1/network", { ...parametersOf(one), ...clock }, signal),
    })),
    combine: (found) => ({ answers: found.map(({ data }) => data), isFetching: found.some(({ isFetching }) => isFetching) }),
  });
  const net = useMemo(
    () => (base.data === undefined || view.focus.length === 0 ? NOTHING : together(base.data, opened.answers)),
    [base.data, view.focus.length, opened.answers],
  );
  return { net, query: base, isWaiting: base.isFetching || opened.isFetching };
}

function parametersOf({ id, relation, side }: Opened) {
  return {
    id, relation, upstream: side === "upstream" ? 1 : 0, downstream: side === "downstream" ? 1 : 0,
    fan: OPENED_AT_ONCE, most: OPENED_AT_ONCE, claims: false,
  };
}
