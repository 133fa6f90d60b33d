import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Problem } from "../api/client";
import { useLoads } from "../data/useLoads";
import { jobs, type Job } from "./calls";
import { isGoing } from "./useJob";

const SHOWN = 5;
const LOOK_EVERY_MS = 2000;

/** Files that were sent before: what goes on, and how the last ones ended. */
export function JobsList({ open }: { open: (id: string) => void }) {
  const { t } = useTranslation();
  const found = useQuery<Job[], Problem>({
    queryKey: ["jobs"],
    queryFn: jobs,
    refetchInterval: ({ state }) => (state.data?.some(isGoing) ? LOOK_EVERY_MS : false),
  });
  const loads = useLoads().data;
  if (!found.data?.length) return null;
  const stateOf = ({ state, report }: Job) => (loads?.find(({ id }) => id === report?.load)?.state === "undone" ? "undone" : state);
  return (
    <ul className="jobs" aria-label={t("upload.before")}>
      {found.data.slice(0, SHOWN).map((job) => (
        <li key={job.id}>
          <button className="src" dir="auto" onClick={() => { open(job.id); }}>{job.name}</button>
          <span className={stateOf(job) === "done" ? "chip ok" : "chip plan"}>{t(`upload.state.${stateOf(job)}`)}</span>
        </li>
      ))}
    </ul>
  );
}
