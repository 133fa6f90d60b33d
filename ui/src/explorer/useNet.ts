import { keepPreviousData, useQueries, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../api/ask";
import type { Problem } from "../api/client";
import { compared } from "./changes";
import { OF_A_HUB } from "./hubs";
import { NOTHING, together, type Net, type NetworkAnswer } from "./net";
import { withPath } from "./pathNet";
import { usePath } from "./usePath";
import type { Opened, View } from "./view";

const OPENED_AT_ONCE = 1000;

interface Found {
  net: Net;
  /** What it is made of, the answer about those whom it begins with first. */
  answers: readonly NetworkAnswer[];
  query: UseQueryResult<NetworkAnswer, Problem>;
  isWaiting: boolean;
}

interface FoundWithPath extends Found {
  /** What there is to say about the path that is asked for. */
  pathSaid: string | undefined;
  /** The kinds of links that it goes along, unless those are the usual ones. */
  pathAlong: string | undefined;
}

/** The network of a view; where it is compared with another day, with what is new and what has ended. */
export function useNet(view: View): FoundWithPath {
  const now = useNetAt(view, view.validAt, true);
  const isCompared = view.from !== undefined;
  const then = useNetAt(view, view.from, isCompared);
  const [one, other] = [now.net, then.net];
  const { asked, problem, isWaiting } = usePath(view);
  const path = asked?.path;
  const days = useMemo(() => {
    if (view.from === undefined || then.query.data === undefined) return one;
    const isBefore = view.from <= (view.validAt ?? new Date().toISOString().slice(0, 10));
    return isBefore
      ? compared(other, one, { earlier: view.from, later: view.validAt })
      : compared(one, other, { earlier: view.validAt, later: view.from });
  }, [one, other, view.from, view.validAt, then.query.data]);
  const net = useMemo(() => withPath(days, path), [days, path]);
  const answers = [...now.answers, ...(isCompared ? then.answers : []), ...(asked?.network ? [asked.network] : [])];
  return {
    ...now, net, answers, pathSaid: asked?.summary ?? problem?.message, pathAlong: asked?.along,
    isWaiting: isWaiting || now.isWaiting || (isCompared && then.isWaiting),
  };
}

/** The network at a day, with what was opened since; earlier parts stay while others are on their way. */
function useNetAt(view: View, validAt: string | undefined, isWanted: boolean): Found {
  const lang = useTranslation().i18n.language;
  const clock = { valid_at: validAt, lang };
  const base = useQuery<NetworkAnswer, Problem>({
    queryKey: ["network", view.focus, view.upstream, view.downstream, view.most, clock],
    queryFn: ({ signal }) =>
      ask("/api/v1/network", {
        id: view.focus.join(","), upstream: view.upstream, downstream: view.downstream, fan: OF_A_HUB, most: view.most, claims: false,
        ...clock,
      }, signal),
    enabled: isWanted && view.focus.length > 0,
    placeholderData: keepPreviousData,
  });
  const opened = useQueries({
    queries: (isWanted ? view.opened : []).map((one) => ({
      queryKey: ["network", "opened", one, clock],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask("/api/v1/network", { ...parametersOf(one), ...clock }, signal),
    })),
    combine: (found) => ({ answers: found.map(({ data }) => data), isFetching: found.some(({ isFetching }) => isFetching) }),
  });
  const net = useMemo(
    () => (base.data === undefined || view.focus.length === 0 ? NOTHING : together(base.data, opened.answers)),
    [base.data, view.focus.length, opened.answers],
  );
  const answers = [base.data, ...opened.answers].filter((one) => one !== undefined);
  return { net, answers, query: base, isWaiting: base.isFetching || opened.isFetching };
}

function parametersOf({ id, relation, side, fan = OPENED_AT_ONCE }: Opened) {
  return {
    id, relation, upstream: side === "upstream" ? 1 : 0, downstream: side === "downstream" ? 1 : 0, fan,
    most: OPENED_AT_ONCE, claims: false,
  };
}
