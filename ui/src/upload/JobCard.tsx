import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Problem } from "../api/client";
import { TakeBack } from "../data/TakeBack";
import { useLoads } from "../data/useLoads";
import { ProblemNote } from "../parts/Answered";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { useFigures } from "../words/numbers";
import { goOn, type Job } from "./calls";
import { NotesPart, RejectsList } from "./NotesPart";
import { isGoing, useJob } from "./useJob";

/** The status of what was answered, but not as it should be: what a job met is no answer to this page. */
const REFUSED = 422;

interface Props {
  first: Job;
  /** Watch it anew: it goes on. */
  restart: (job: Job) => void;
  /** Correct how the file is read and load it again. */
  again: () => void;
  close: () => void;
}

/** A load as it goes on, and its report. */
export function JobCard({ first, restart, again, close }: Props) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const { job, problem } = useJob(first);
  const going = useMutation<Job, Problem>({ mutationFn: () => goOn(job.id), onSuccess: restart });
  const isWaitingFor = job.state === "waiting" && job.problem;
  return (
    <Card title={job.name}>
      <div className="pad">
        <p>
          <b role="status">{t(isWaitingFor ? "upload.waits" : `upload.state.${job.state}`)}</b>
          {job.state === "running" && job.read > 0 && <span className="t2"> {t("upload.read", { count: job.read, number: number(job.read) })}</span>}
        </p>
        {isGoing(job) && <progress aria-label={t("upload.progress")} {...(job.total ? { value: job.read, max: job.total } : {})} />}
        {isGoing(job) && <p className="t2 s12">{t("upload.goesOn")}</p>}
        {job.problem && <ProblemNote problem={new Problem(REFUSED, job.problem.code, job.problem.detail, [], undefined, job.problem.words)} />}
        {problem && <ProblemNote problem={problem} />}
        {going.isError && <ProblemNote problem={going.error} />}
        {job.report && <Done report={job.report} id={job.id} />}
      </div>
      {!isGoing(job) && (
        <p className="pad row wrap">
          {job.state === "cut off" && <button className="btn pri" disabled={going.isPending} onClick={() => { going.mutate(); }}>{t("upload.continue")}</button>}
          {job.state !== "done" && <button className="btn" onClick={again}>{t("upload.again")}</button>}
          <button className="btn" onClick={close}>{t("upload.next")}</button>
        </p>
      )}
    </Card>
  );
}

function Done({ report, id }: { report: NonNullable<Job["report"]>; id: string }) {
  const { t } = useTranslation();
  const load = useLoads().data?.find((one) => one.id === report.load);
  return (
    <>
      <p>
        {t("upload.rows", { count: report.rows_read - report.rows_rejected })}: {report.new > 0 ? t("data.new", { count: report.new }) : t("upload.nothingNew")}
        {report.known > 0 && <>, {t("data.known", { count: report.known })}</>}
      </p>
      <NotesPart notes={report.notes} />
      {report.rows_rejected > 0 && (
        <div className="note warn">
          <Icon name="warning" />
          <div className="grow">
            {t("upload.rejected", { count: report.rows_rejected })}
            <RejectsList rejects={report.first_rejects} total={report.rows_rejected} />
          </div>
          <a className="btn" href={`/api/v1/jobs/${id}/rejects`} download><Icon name="download" />{t("upload.rejects")}</a>
        </div>
      )}
      <div className="row wrap">
        {load?.state === "undone" ? <p role="status">{t("data.done", { id: load.id })}</p> : <Link className="btn" href="/search?type=Company">{t("upload.find")}</Link>}
        {load?.state === "complete" && report.new > 0 && <TakeBack load={load} way="undo" />}
      </div>
    </>
  );
}
