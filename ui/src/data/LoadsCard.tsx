import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { useMe } from "../api/me";
import { Answered } from "../parts/Answered";
import { Card } from "../parts/Card";
import { useFigures } from "../words/numbers";
import { HowToLoad } from "./HowToLoad";
import { byNewest, canBeUndone, redone, undoneBy } from "./loads";
import { TakeBack } from "./TakeBack";
import { useLoads } from "./useLoads";

type Load = Schemas["LoadItem"];
const SHOWN = 20;

/** All loads, newest first: what came with which, and taking one back, or bringing it back. */
export function LoadsCard() {
  const { t } = useTranslation();
  const [count, setCount] = useState(SHOWN);
  const [said, setSaid] = useState("");
  const { mayEdit } = useMe();
  const found = useLoads();
  return (
    <Card title={t("data.loads")} count={found.data?.length}>
      <p role="status" className={said ? "pad" : "hidden"}>{said}</p>
      {!mayEdit && <p className="pad t2">{t("me.mayNotChange")}</p>}
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
  const { mayEdit } = useMe();
  return (
    <tr>
      <th scope="row">
        <b>{load.id}</b>{" "}
        {load.undoes === null ? load.dataset : t(redone(load, loads) === undefined ? "data.undoes" : "data.redoes", { id: redone(load, loads) ?? load.undoes })}
        <div className="s12 t3">{load.format}{load.version > 0 && <> · {t("data.version", { version: number(load.version) })}</>}</div>
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
        {mayEdit && canBeUndone(load) && <TakeBack load={load} way={load.undoes === null ? "undo" : "redo"} say={say} />}
        {mayEdit && load.state === "cut off" && <TakeBack load={load} way="drop" say={say} />}
      </td>
    </tr>
  );
}

function Moment({ iso }: { iso: string }) {
  const { i18n } = useTranslation();
  const text = new Intl.DateTimeFormat(i18n.language === "en" ? "en-GB" : "ru", { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
  return <time dateTime={iso} className="t2">{text}</time>;
}
