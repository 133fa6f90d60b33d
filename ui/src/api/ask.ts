import { keepPreviousData, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { paths } from "../generated/schema";
import { api, Problem } from "./client";

type Got<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { "application/json": infer Body } } } };
}
  ? Body
  : never;

/** Everything that can be got. */
export type Listed = { [P in keyof paths]: Got<P> extends never ? never : P }[keyof paths];

/** The questions: what has a sentence for an answer. */
export type Question = { [P in Listed]: Got<P> extends { summary: string } ? P : never }[Listed];

/** An answer with its evidence: the envelope of docs/api.md. */
export type Answer<P extends Listed> = Omit<Got<P>, "evidence" | "meta" | "coverage"> & {
  evidence: Evidence;
  meta: Meta;
  coverage?: { named: number; counted_min: number; shares_known: number };
};

export interface Evidence {
  claims: string[];
  documents: import("./client").Document[];
  quotes?: { claim: string; document: string; quote?: string; note?: string }[];
  quotes_shown?: number;
}

export interface Meta {
  question: string;
  graph_version: number;
  valid_at: string;
  known_at: number;
  known_at_time: string | null;
  truncated: boolean;
  stale: boolean;
  elapsed_ms: number;
}

export type Given = Record<string, string | number | boolean | undefined>;

/** Fill the braces of a route and take what filled them out of the parameters. */
function split(route: string, given: Given): { path: Given; query: Given } {
  const names = [...route.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? "");
  const entries = Object.entries(given).filter(([, value]) => value !== undefined && value !== "");
  return {
    path: Object.fromEntries(entries.filter(([name]) => names.includes(name))),
    query: Object.fromEntries(entries.filter(([name]) => !names.includes(name))),
  };
}

/** Ask once, outside of a component. */
export async function ask<P extends Listed>(route: P, given: Given, signal?: AbortSignal): Promise<Answer<P>> {
  const { path, query } = split(route, given);
  const get = api.GET as (route: string, init: object) => Promise<{ data?: unknown; error?: unknown; response: Response }>;
  const { data, error, response } = await get(route, { params: { path, query }, signal });
  if (!response.ok || data === undefined) throw Problem.from(error, response);
  return data as Answer<P>;
}

/** An answer, and the way to wait for it no longer. */
export type Asked<P extends Listed> = UseQueryResult<Answer<P>, Problem> & { cancel: () => void };

/** Ask in the language of the page, and ask again when the question changes; the last answer stays meanwhile. */
export function useAnswer<P extends Listed>(
  route: P,
  given: Given,
  { enabled = true }: { enabled?: boolean } = {},
): Asked<P> {
  const lang = useTranslation().i18n.language;
  const queries = useQueryClient();
  const queryKey = [route, lang, given];
  const found = useQuery<Answer<P>, Problem>({
    queryKey,
    queryFn: ({ signal }) => ask(route, { lang, ...given }, signal),
    enabled,
    placeholderData: keepPreviousData,
  });
  return { ...found, cancel: () => { void queries.cancelQueries({ queryKey, exact: true }); } };
}
