import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "../api/ask";
import { Stated, useEvidence } from "../evidence/EvidenceDrawer";
import type { Documents } from "../pages/EntityPage";
import { Answered } from "../parts/Answered";
import { Card } from "../parts/Card";
import { EntityLink } from "../parts/EntityLink";
import { useMoment } from "../words/numbers";
import { useTerms } from "../words/terms";
import { versionsOf, type Change } from "./history";
import { When } from "./RivalBox";

const FIRST = 10;
const MOST = 1000;

/** When which fact was learnt, corrected or withdrawn, newest first: what it says, and who says it of which day. */
export function HistoryCard({ id }: { id: string }) {
  const { t } = useTranslation();
  const moment = useMoment();
  const [limit, setLimit] = useState(FIRST);
  const found = useAnswer("/api/v1/entities/{id}/history", { id, limit });
  return (
    <Card title={t("entity.history")} count={found.data?.data.total}>
      <Answered query={found}>
        {({ data, evidence }) => {
          const documents: Documents = new Map(evidence.documents.map((one) => [one.id, one]));
          const byHand = new Set(evidence.documents.filter(({ key }) => key.startsWith("by hand: ")).map(({ id: own }) => own));
          return (
            <>
              {versionsOf(data.items, data.total, byHand).map(({ version, at, changes }) => (
                <section key={version} className="pad part history">
                  <h3><time dateTime={at}>{at ? moment(at) : ""}</time> · {t("data.version", { version })}</h3>
                  <ul>
                    {changes.map((change) => <Line key={`${change.event} ${change.claim.id}`} change={change} own={data.of.id} documents={documents} />)}
                  </ul>
                </section>
              ))}
              {data.items.length < data.total && (
                <p className="pad">
                  {limit < MOST && <button className="btn" onClick={() => { setLimit(Math.min(MOST, limit * 5)); }}>{t("state.more")}</button>}{" "}
                  <span className="t2">{t("state.shown", { shown: data.items.length, total: data.total })}</span>
                </p>
              )}
            </>
          );
        }}
      </Answered>
    </Card>
  );
}

function Line({ change: { event, claim, old }, own, documents }: { change: Change; own: string; documents: Documents }) {
  const { t } = useTranslation();
  const term = useTerms();
  const open = useEvidence();
  const { kind, scope } = claim.stated;
  const what = typeof kind === "string" ? term("value", kind) : term("relation", claim.type);
  return (
    <li>
      <span className="row wrap">
        <b>{event === "corrected" ? t("entity.corrected") : term("value", event)}</b>
        {claim.subject.id !== own && <EntityLink entity={claim.subject} />}
        <span>{what}</span>
        {claim.object && claim.object.id !== own && <EntityLink entity={claim.object} />}
        {claim.product && <EntityLink entity={claim.product} />}
        {old && <><s><Stated stated={old.stated} /></s><span aria-hidden="true">→</span><span className="hidden">{t("entity.becomes")}</span></>}
        <Stated stated={claim.stated} />
        {typeof scope === "string" && <span className="t2 s12">{scope}</span>}
      </span>
      <span className="row wrap s12">
        <button className="src" onClick={() => { open({ title: what, claims: old ? [claim.id, old.id] : [claim.id] }); }}>
          {documents.get(claim.document)?.publisher ?? t("evidence.claim")}
        </button>
        <When claim={claim} />
      </span>
    </li>
  );
}
