import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, Problem, type Schemas } from "../api/client";
import { Answered, ProblemNote } from "../parts/Answered";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { useFigures } from "../words/numbers";
import { HowToLoad } from "./HowToLoad";
import { byNewest, canBeUndone, redone, undoneBy } from "./loads";

type Load = Schemas["LoadItem"];
const SHOWN = 20;

/** All loads, newest first: what came with which, and taking one back, or bringing it back. */
export function LoadsCard() {
  const { t } = useTranslation();
  const [count, setCount] = useState(SHOWN);
  const [said, setSaid] = useState("");
  const found = useQuery<Load[], Problem>({ queryKey: ["/api/v1/loads"], queryFn: fetchLoads });
  return (
    <Card title={t("data.loads")} count={found.data?.length}>
      <p role="status" className={said ? "pad" : "hidden"}>{said}</p>
      <Answered query={found}>
        {(loads) => (
          <>
            {loads.length === 0 ? <HowToLoad /> : (
              <table className="tbl fold">
                <thead>
                  <tr>
                    <th scope="col">{t("data.what")}</th><th scope="col">{t("data.when")}</th>
                    <th scope="col">{t("data.by")}</th><th scope="col">{t("data.changed")}</th>
                    <th scope="col">{t("data.state")}</th>
                  </tr>
                </thead>
                <tbody>
                  {byNewest(loads).slice(0, count).map((load) => (
                    <LoadRow key={load.id} load={load} loads={loads} say={setSaid} />
                  ))}
                </tbody>
              </table>
            )}
            {loads.length > count && (
              <p className="pad row">
                <button className="btn" onClick={() => { setCount(count + SHOWN); }}>{t("state.more")}</button>
                <span className="t2">{t("state.shown", { shown: count, total: loads.length })}</span>
              </p>
            )}
          </>
        )}
      </Answered>
    </Card>
  );
}

async function fetchLoads(): Promise<Load[]> {
  const { data, error, response } = await api.GET("/api/v1/loads");
  if (!response.ok || data === undefined) throw Problem.from(error, response);
  return data.data.items;
}

function LoadRow({ load, loads, say }: { load: Load; loads: readonly Load[]; say: (text: string) => void }) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const changed = [
    load.new > 0 && t("data.new", { count: load.new }),
    load.known > 0 && t("data.known", { count: load.known }),
    load.retracted > 0 && t("data.retracted", { count: load.retracted }),
    load.rejected > 0 && t("data.rejectedRows", { count: load.rejected }),
  ].filter((text) => text !== false);
  const by = undoneBy(load, loads);
  return (
    <tr>
      <th scope="row">
        <b>{load.id}</b>{" "}
        {load.undoes === null ? load.dataset : t(redone(load, loads) === undefined ? "data.undoes" : "data.redoes", { id: redone(load, loads) ?? load.undoes })}
        <div className="s12 t3">{load.format} · {t("data.version", { version: number(load.version) })}</div>
        {load.undoes === null && load.files.length > 0 && (
          <details className="s12">
            <summary>{t("data.files", { count: load.files.length })}</summary>
            <ul>{load.files.map((file) => <li key={file} dir="auto">{file}</li>)}</ul>
          </details>
        )}
      </th>
      <td><Moment iso={load.finished ?? load.began} /></td>
      <td dir="auto">{load.holder}</td>
      <td>{changed.length ? changed.join(", ") : <span className="t3">{t("data.nothing")}</span>}</td>
      <td>
        <span className={load.state === "complete" ? "chip ok" : "chip plan"}>{t(`data.states.${load.state}`, { defaultValue: load.state })}</span>
        {by && <div className="s12 t3">{t("data.undoneBy", { id: by.id })}</div>}
        {canBeUndone(load) && <UndoButton load={load} redoes={load.undoes ?? undefined} say={say} />}
      </td>
    </tr>
  );
}

/** Asks once more in place, then takes the load back. */
function UndoButton({ load, redoes, say }: { load: Load; redoes: number | undefined; say: (text: string) => void }) {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const queries = useQueryClient();
  const keep = useRef<HTMLButtonElement>(null);
  const begin = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  const undo = useMutation<unknown, Problem>({
    mutationFn: async () => {
      const { error, response } = await api.POST("/api/v1/loads/{load_id}/undo", { params: { path: { load_id: load.id } } });
      if (!response.ok) throw Problem.from(error, response);
    },
    onSuccess: async () => {
      say(redoes === undefined ? t("data.done", { id: load.id }) : t("data.redone", { id: redoes }));
      await queries.invalidateQueries();
    },
  });
  useEffect(() => {
    if (isAsked) keep.current?.focus();
    else if (wasAsked.current) begin.current?.focus();
    wasAsked.current = isAsked;
  }, [isAsked]);
  const [act, icon] = redoes === undefined ? ["data.undo", "undo" as const] : ["data.redo", "redo" as const];
  if (!isAsked) {
    return (
      <div>
        <button ref={begin} className="btn" onClick={() => { setAsked(true); undo.reset(); }}>
          <Icon name={icon} /> {t(act)}<span className="hidden"> {t("data.load", { id: redoes ?? load.id })}</span>
        </button>
        {undo.isError && <ProblemNote problem={undo.error} />}
      </div>
    );
  }
  return (
    <div
      className="sure" role="group" aria-labelledby={`undo-${load.id}`}
      onKeyDown={(event) => { if (event.key === "Escape") setAsked(false); }}
    >
      <span id={`undo-${load.id}`}>{redoes === undefined ? t("data.ask", { id: load.id }) : t("data.askAgain", { id: redoes })}</span>
      <button className="btn pri" disabled={undo.isPending} onClick={() => { undo.mutate(undefined, { onSettled: () => { setAsked(false); } }); }}>
        {t(act)}
      </button>
      <button ref={keep} className="btn" disabled={undo.isPending} onClick={() => { setAsked(false); }}>{t("data.keep")}</button>
    </div>
  );
}

function Moment({ iso }: { iso: string }) {
  const { i18n } = useTranslation();
  const text = new Intl.DateTimeFormat(i18n.language === "en" ? "en-GB" : "ru", { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
  return <time dateTime={iso} className="t2">{text}</time>;
}
