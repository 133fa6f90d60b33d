import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { Stated, useEvidence } from "../evidence/EvidenceDrawer";
import { evidenceOf } from "../evidence/figure";
import type { Documents } from "../pages/EntityPage";
import { Card } from "../parts/Card";
import { EntityLink } from "../parts/EntityLink";
import { StatusChip } from "../parts/StatusChip";
import { counted } from "../words/numbers";
import { useTerms } from "../words/terms";
import { Day, Rivals, When } from "./RivalBox";

/** Attributes that the head of the page shows already. */
const SHOWN_ABOVE = new Set(["name", "name_ru", "name_en", "lat", "lon"]);

const SHOWN = 12;

interface Props {
  data: Schemas["EntityCard"];
  documents: Documents;
}

/** Figures and attributes, each with its state, date and sources. */
export function FactsCard({ data, documents }: Props) {
  const { t } = useTranslation();
  const term = useTerms();
  const open = useEvidence();
  const attributes = Object.entries(data.attributes).filter(([name]) => !SHOWN_ABOVE.has(name));
  const rows = data.figures.length + attributes.length + data.groups.length;
  const [isWhole, setWhole] = useState(false);
  const figures = isWhole ? data.figures : data.figures.slice(0, SHOWN);
  return (
    <Card title={t("entity.facts")} count={rows}>
      {rows === 0 ? <p className="pad t2">{t("entity.noFacts")}</p> : (
        <table className="tbl fold">
          <thead>
            <tr>
              <th scope="col">{t("entity.fact")}</th><th scope="col">{t("entity.value")}</th>
              <th scope="col">{t("entity.state")}</th><th scope="col">{t("entity.when")}</th>
              <th scope="col">{t("entity.source")}</th>
            </tr>
          </thead>
          <tbody>
            {data.groups.map((group) => (
              <tr key={group.entity.id}>
                <th scope="row">{term("relation_in", group.relation)}</th>
                <td><b><Counted group={group} /></b> {group.product && <EntityLink entity={group.product} />}</td>
                <td><StatusChip status={group.status} /></td>
                <td><Day iso={group.last_seen} /></td>
                <td><SourceButton title={group.entity.name} claims={group.claims} /></td>
              </tr>
            ))}
            {figures.map((figure) => (
              <FigureRow key={figure.chosen.id} figure={figure} own={data.entity.id} documents={documents} />
            ))}
            {attributes.map(([name, { value, claim, others }]) => (
              <tr key={name}>
                <th scope="row">{term("field", name)}</th>
                <td><b dir="auto">{term("value", String(value))}</b></td>
                <td>{others?.length ? <StatusChip status="disputed" /> : null}</td>
                <td />
                <td>
                  <button className="src" onClick={() => { open({ title: `${term("field", name)}: ${String(value)}`, claims: [claim] }); }}>
                    {t("entity.sources", { count: 1 })}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {figures.length < data.figures.length && (
        <p className="pad">
          <button className="btn" onClick={() => { setWhole(true); }}>{t("state.more")}</button>{" "}
          <span className="t2">{t("state.shown", { shown: rows - data.figures.length + figures.length, total: rows })}</span>
        </p>
      )}
    </Card>
  );
}

function FigureRow({ figure, own, documents }: { figure: Schemas["FigureItem"]; own: string; documents: Documents }) {
  const { t } = useTranslation();
  const term = useTerms();
  const open = useEvidence();
  const { chosen, agree, rivals } = figure;
  const title = term("value", figure.kind);
  return (
    <tr>
      <th scope="row">
        {title}
        {figure.about && figure.about.id !== own && <div className="s12"><EntityLink entity={figure.about} /></div>}
      </th>
      <td>
        <Stated stated={chosen.stated} /> {figure.product && <EntityLink entity={figure.product} />}
        {figure.scope && <span className="t3 s12"> {figure.scope}</span>}
      </td>
      <td><StatusChip status={rivals.length ? "disputed" : figure.status} /></td>
      <td><When claim={chosen} /></td>
      <td>
        <button
          className="src"
          title={documents.get(chosen.document)?.publisher}
          onClick={() => { open(evidenceOf(title, figure)); }}
        >
          {t("entity.sources", { count: 1 + agree.length })}
          {rivals.length > 0 && `, ${t("entity.against", { count: rivals.length })}`}
        </button>
      </td>
    </tr>
  );
}

/** Figures of which sources say different things, side by side, the chosen one first. */
export function RivalsCard({ data, documents }: Props) {
  const { t } = useTranslation();
  const term = useTerms();
  const disputed = data.figures.filter(({ rivals }) => rivals.length > 0);
  if (disputed.length === 0) return null;
  return (
    <Card title={t("entity.rivals")} count={disputed.length}>
      {disputed.map(({ chosen, agree, rivals, kind, decided, scope }) => (
        <div key={chosen.id} className="pad">
          <h3>{term("value", kind)} {scope && <span className="t3">{scope}</span>}</h3>
          <Rivals dispute={{ chosen, agree, rivals }} documents={documents} />
          <p className="t2 s12">{decided}</p>
        </div>
      ))}
      <p className="pad part t2 s12">{disputed[0]?.rule}</p>
    </Card>
  );
}

/** How many are counted: «≥ 30», or that nobody counts them. */
export function Counted({ group }: { group: Schemas["GroupItem"] }) {
  const { t } = useTranslation();
  const { count_min: min, count_max: max } = group;
  if (min === undefined && max === undefined) return <>{t("entity.notCounted")}</>;
  return <>{counted({ min, max })}</>;
}

function SourceButton({ title, claims }: { title: string; claims: readonly string[] }) {
  const { t } = useTranslation();
  const open = useEvidence();
  return (
    <button className="src" onClick={() => { open({ title, claims }); }}>
      {t("entity.sources", { count: claims.length })}
    </button>
  );
}
