import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Claim } from "../api/client";
import { Stated, useEvidence } from "../evidence/EvidenceDrawer";
import type { Documents } from "../pages/EntityPage";
import { EntityLink } from "../parts/EntityLink";
import { StatusChip } from "../parts/StatusChip";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";
import { boundsOf, grouped, scaleOf } from "./rivalScale";
import { RivalScale } from "./RivalScale";

const SOURCES = 4;

interface Dispute {
  chosen: Claim;
  agree?: readonly Claim[] | undefined;
  rivals: readonly Claim[];
}

/** The chosen figure and those that exclude it side by side, then on one scale where they are of one unit. */
export function Rivals({ dispute: { chosen, agree = [], rivals }, documents }: { dispute: Dispute; documents: Documents }) {
  const scale = scaleOf(chosen, rivals);
  return (
    <>
      <div className="rivals">
        <RivalBox claims={[chosen, ...agree]} documents={documents} isChosen />
        {grouped(rivals).map((claims) => <RivalBox key={claims[0]?.id} claims={claims} documents={documents} />)}
      </div>
      {scale && <RivalScale scale={scale} />}
    </>
  );
}

/** One figure, and every source that gives it. */
function RivalBox({ claims, documents, isChosen = false }: { claims: readonly Claim[]; documents: Documents; isChosen?: boolean }) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const [first] = claims;
  if (first === undefined) return null;
  const shown = isWhole ? claims : claims.slice(0, SOURCES);
  const stated = Object.fromEntries(Object.entries(first.stated).filter(([name]) => name !== "scope")); // the heading says it
  return (
    <div className={isChosen ? "rival won" : "rival"}>
      <p className="row wrap">
        {boundsOf(first) ? <Stated stated={stated} /> : first.object && <b><EntityLink entity={first.object} /></b>}
      </p>
      <p className="row wrap">
        {isChosen ? <span className="chip ok">{t("evidence.chosen")}</span> : <StatusChip status="disputed" />}
        <StatusChip status={first.status} />
      </p>
      <ul>{shown.map((claim) => <li key={claim.id} className="row wrap"><SourceOf claim={claim} documents={documents} /><When claim={claim} /></li>)}</ul>
      {shown.length < claims.length && (
        <button className="src s12" onClick={() => { setWhole(true); }}>{t("disputes.moreSources", { count: claims.length - shown.length })}</button>
      )}
    </div>
  );
}

function SourceOf({ claim, documents }: { claim: Claim; documents: Documents }) {
  const { t } = useTranslation();
  const term = useTerms();
  const open = useEvidence();
  const title = claim.stated.kind ? term("value", String(claim.stated.kind)) : term("relation", claim.type);
  return (
    <button className="src" onClick={() => { open({ title, claims: [claim.id] }); }}>
      {documents.get(claim.document)?.publisher ?? t("evidence.claim")}
    </button>
  );
}

/** The period that a claim speaks of, else the day when it was last seen. */
export function When({ claim }: { claim: Claim }) {
  const period = claim.stated.period;
  const { day } = useFigures();
  if (typeof period === "string") {
    const [from = "", to = ""] = period.split("/");
    const isYear = from.endsWith("-01-01") && to.endsWith("-12-31") && from.slice(0, 4) === to.slice(0, 4);
    return <span className="t2 nw">{isYear ? from.slice(0, 4) : `${day(from)} – ${day(to)}`}</span>;
  }
  return <Day iso={claim.last_seen} />;
}

/** A day, or that there is none. */
export function Day({ iso }: { iso: string | undefined }) {
  const { t } = useTranslation();
  const { day } = useFigures();
  return <span className="t2 nw">{iso ? day(iso) : t("evidence.undated")}</span>;
}
