import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api, Problem, type Schemas } from "../api/client";

type Load = Schemas["LoadItem"];

/** All loads, edits among them. */
export function useLoads(): UseQueryResult<Load[], Problem> {
  return useQuery<Load[], Problem>({ queryKey: ["/api/v1/loads"], queryFn: fetchLoads });
}

async function fetchLoads(): Promise<Load[]> {
  const { data, error, response } = await api.GET("/api/v1/loads");
  if (!response.ok || data === undefined) throw Problem.from(error, response);
  return data.data.items;
}
