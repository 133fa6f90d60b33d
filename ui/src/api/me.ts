import { useQuery } from "@tanstack/react-query";
import { api, Problem, type Schemas } from "./client";

type Me = Schemas["Me"];

/** Who is asking, and whether to offer them changes; until that is known the service is the one to refuse. */
export function useMe(): { me: Me | undefined; mayEdit: boolean } {
  const { data: me } = useQuery<Me, Problem>({ queryKey: ["/api/v1/me"], queryFn: fetchMe, staleTime: Infinity });
  return { me, mayEdit: me?.role !== "viewer" };
}

async function fetchMe(): Promise<Me> {
  const { data, error, response } = await api.GET("/api/v1/me");
  if (!response.ok || data === undefined) throw Problem.from(error, response);
  return data;
}
