import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../api/client";
import { EntityLink } from "./EntityLink";
import { Icon } from "./Icon";

interface Props<T> {
  query: UseQueryResult<T, Problem>;
  /** Lines of grey that stand for the answer while it is on its way. */
  rows?: number;
  children: (answer: T) => ReactNode;
}

/** An answer once it is there; until then grey strips, and where it fails what failed and the way on. */
export function Answered<T>({ query, rows = 4, children }: Props<T>) {
  if (query.data !== undefined && !query.isError) {
    return (
      <div aria-busy={query.isPlaceholderData} className={query.isPlaceholderData ? "waits" : undefined}>
        {children(query.data)}
      </div>
    );
  }
  if (query.isError) return <ProblemNote problem={query.error} retry={() => void query.refetch()} />;
  return <Strips rows={rows} />;
}

function Strips({ rows }: { rows: number }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => { setShown(true); }, 200);
    return () => { clearTimeout(timer); };
  }, []);
  return (
    <div role="status" className={shown ? "strips" : "strips vanished"}>
      <span className="hidden">{t("state.loading")}</span>
      {Array.from({ length: rows }, (_, row) => <i key={row} />)}
    </div>
  );
}

/** What went wrong, in the words of the service, and what to do next. */
export function ProblemNote({ problem, retry }: { problem: Problem; retry?: () => void }) {
  const { t } = useTranslation();
  const isOffline = !(problem instanceof Problem);
  const title = isOffline ? t("state.offline") : problem.status === 404 ? t("state.notFound") : t("state.failed");
  return (
    <div className="note warn" role="alert">
      <Icon name="warning" />
      <div className="grow">
        <b>{title}</b>
        <p>{isOffline ? t("state.offlineText") : problem.message}</p>
        {!isOffline && problem.candidates.length > 0 && (
          <ul className="chips">
            {problem.candidates.map((entity) => <li key={entity.id}><EntityLink entity={entity} withPlace /></li>)}
          </ul>
        )}
      </div>
      {retry && (isOffline || problem.status >= 500) && (
        <button className="btn" onClick={retry}>{t("state.retry")}</button>
      )}
    </div>
  );
}
