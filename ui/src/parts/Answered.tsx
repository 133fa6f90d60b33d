import type { UseQueryResult } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../api/client";
import { EntityLink } from "./EntityLink";
import { Icon } from "./Icon";
import { Late, Strips } from "./Waiting";

interface Props<T> {
  query: UseQueryResult<T, Problem>;
  /** Lines of grey that stand for the answer while it is on its way. */
  rows?: number;
  children: (answer: T) => ReactNode;
}

interface Cancellable { cancel: () => void }

/** An answer once it is there; until then grey strips, and where it fails what failed and the way on. */
export function Answered<T>({ query, rows = 4, children }: Props<T>) {
  const [isStopped, setStopped] = useState(false);
  const { data, isError, isFetching, isPlaceholderData: isOld } = query;
  const retry = () => { setStopped(false); void query.refetch(); };
  const cancel = "cancel" in query ? () => { setStopped(true); (query as Cancellable).cancel(); } : undefined;
  const hasStopped = isStopped && !isFetching && (data === undefined || isOld);
  // What was read before the service went away stays readable; the banner of the page says the rest.
  if (data !== undefined && (!isError || query.error.isOffline)) {
    return (
      <div aria-busy={isOld} className={isOld ? "waits" : undefined}>
        {isOld && isFetching && <Late cancel={cancel} />}
        {hasStopped && <Stopped retry={retry} />}
        {children(data)}
      </div>
    );
  }
  if (isError) return <ProblemNote problem={query.error} retry={retry} />;
  return hasStopped ? <Stopped retry={retry} /> : <Strips rows={rows} cancel={cancel} />;
}

function Stopped({ retry }: { retry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="note">
      <span className="grow" role="status">{t("state.stopped")}</span>
      <button className="btn" onClick={retry}>{t("state.retry")}</button>
    </div>
  );
}

/** What went wrong, in the words of the service, and what to do next. */
export function ProblemNote({ problem, retry }: { problem: Problem; retry?: () => void }) {
  const { t, i18n: { language } } = useTranslation();
  const { isOffline } = problem;
  const own = problem.words?.[language];
  const title = isOffline ? t("state.offline") : t([`problem.${problem.code}`, "state.failed"]);
  return (
    <div className="note warn" role="alert">
      <Icon name="warning" />
      <div className="grow">
        <b>{title}</b>
        {isOffline ? <p>{t("state.offlineText")}</p> : <p lang={own === undefined ? "en" : language} dir="auto">{own ?? problem.message}</p>}
        {!isOffline && problem.candidates.length > 0 && (
          <ul className="chips">
            {problem.candidates.map((entity) => <li key={entity.id}><EntityLink entity={entity} withPlace /></li>)}
          </ul>
        )}
      </div>
      {problem.status === 401 && (
        <a className="btn" href={`/sign-in?then=${encodeURIComponent(location.pathname + location.search)}`}>{t("me.signIn")}</a>
      )}
      {retry && problem.mayPass && <button className="btn" onClick={retry}>{t("state.retry")}</button>}
    </div>
  );
}
