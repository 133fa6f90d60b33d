import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, Problem } from "../api/client";

interface Answered {
  data?: unknown;
  error?: unknown;
  response: Response;
}

export interface EditState {
  problem: Problem | undefined;
  /** Whether one is on its way: another must wait for it. */
  isPending: boolean;
  /** What was done, until it is taken back. */
  done: string | undefined;
  /** Send an edit; afterwards every answer is asked for again. */
  send: (edit: Promise<Answered>, words: string) => Promise<void>;
  undo: () => Promise<void>;
  /** Make room for the next one. */
  clear: () => void;
}

/** One edit of the graph: sent, refused with the reason, or done and taken back. */
export function useEdit(): EditState {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  const [done, setDone] = useState<{ load: number; words: string }>();
  const [isPending, setPending] = useState(false);
  const finish = async (answer: Promise<Answered>, words: string | undefined) => {
    setPending(true);
    const { data, error, response } = await answer.finally(() => { setPending(false); });
    if (!response.ok) {
      setProblem(Problem.from(error, response));
      return;
    }
    setProblem(undefined);
    setDone(words === undefined ? undefined : { load: (data as { load: { id: number } }).load.id, words });
    await queries.invalidateQueries();
  };
  return {
    problem,
    isPending,
    done: done?.words,
    send: async (edit, words) => { await finish(edit, words); },
    undo: async () => {
      if (done) await finish(api.POST("/api/v1/loads/{load_id}/undo", { params: { path: { load_id: done.load } } }), undefined);
    },
    clear: () => { setDone(undefined); },
  };
}
