import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Problem } from "../api/client";
import { job as ask, type Job } from "./calls";

const AGAIN_MS = 3000;

export function isGoing({ state }: Job): boolean {
  return state === "waiting" || state === "running";
}

/** A job as it goes on. The browser takes a stream up again by itself; where it was refused, the job is asked for. */
export function useJob(first: Job): { job: Job; problem: Problem | undefined } {
  const queries = useQueryClient();
  const [job, setJob] = useState(first);
  const [problem, setProblem] = useState<Problem>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const events = new EventSource(`/api/v1/jobs/${first.id}/events`);
    const take = (now: Job) => {
      setProblem(undefined);
      setJob(now);
      if (isGoing(now)) return;
      events.close();
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "upload" && queryKey[0] !== "preview" });
    };
    events.onmessage = ({ data }: MessageEvent<string>) => { take(JSON.parse(data) as Job); };
    events.onerror = () => {
      if (events.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(() => {
        ask(first.id).then((now) => {
          if (now) take(now);
          if (now && isGoing(now)) setRound((old) => old + 1);
        }).catch((error: unknown) => {
          setProblem(error as Problem);
          if (error instanceof Problem && error.mayPass) setRound((old) => old + 1);
        });
      }, AGAIN_MS);
    };
    return () => { clearTimeout(timer); events.close(); };
  }, [first.id, queries, round]);
  return { job, problem };
}
