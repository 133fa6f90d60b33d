import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useAnswer } from "../api/ask";
import type { Schemas } from "../api/client";
import { oldSince } from "../entity/age";
import { FactsCard, RivalsCard } from "../entity/FactsCard";
import { HistoryCard } from "../entity/HistoryCard";
import { NearCards } from "../entity/NearCards";
import { QuestionCard } from "../entity/QuestionCard";
import { QUESTIONS } from "../entity/questions";
import { RelationsCard } from "../entity/RelationsCard";
import { TierCard } from "../entity/TierCard";
import { AddFact } from "../evidence/AddFact";
import { SameAs } from "../evidence/SameAs";
import { Answered } from "../parts/Answered";
import { ACTORS } from "../parts/drawing";
import { EntityLink } from "../parts/EntityLink";
import { Glyph } from "../parts/Glyph";
import { Icon } from "../parts/Icon";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";

const NEARBY = [...ACTORS, "City"];

/** One entity: what is known of it, who supplies it and whom it supplies, and how that is known. */
export default function EntityPage({ id }: { id: string }) {
  const card = useAnswer("/api/v1/entities/{id}", { id });
  return (
    <main id="content" className="wrap">
      <Answered query={card} rows={10}>
        {({ data, evidence, meta }) => (
          <Entity data={data} documents={new Map(evidence.documents.map((one) => [one.id, one]))} validAt={meta.valid_at} />
        )}
      </Answered>
    </main>
  );
}

export type Documents = ReadonlyMap<string, Schemas["DocumentItem"]>;

function Entity({ data, documents, validAt }: { data: Schemas["EntityCard"]; documents: Documents; validAt: string }) {
  const { entity } = data;
  const { t } = useTranslation();
  const { day } = useFigures();
  const last = oldSince(data, documents.values(), validAt);
  const isActor = ACTORS.includes(entity.type);
  const [tiers, setTiers] = useState(1);
  const questions = (QUESTIONS[entity.type] ?? []).map(({ route, name, isOpen, rows }) => (
    <QuestionCard key={name} route={route} title={t(`about.${name}`)} id={entity.id} isOpen={isOpen ?? false} rows={rows} />
  ));
  return (
    <>
      <Head data={data} />
      {last !== undefined && (
        <p className="note warn"><Icon name="clock" /><span><b>{t("entity.oldTitle")}</b> {t("entity.oldText", { day: day(last) })}</span></p>
      )}
      <div className="cols">
        <div>
          {!isActor && questions}
          <FactsCard data={data} documents={documents} />
          <RivalsCard data={data} documents={documents} />
          {isActor && <TierCard id={entity.id} direction="suppliers" tiers={tiers} setTiers={setTiers} />}
          {isActor && <TierCard id={entity.id} direction="customers" tiers={tiers} setTiers={setTiers} />}
          {isActor && questions}
        </div>
        <div>
          <NearCards entity={entity} unit={(data.unit ?? entity).id} />
          <RelationsCard id={entity.id} />
          <HistoryCard id={entity.id} />
          {isActor && <AddFact id={entity.id} />}
          <SameAs entity={entity} />
        </div>
      </div>
    </>
  );
}

function Head({ data }: { data: Schemas["EntityCard"] }) {
  const { t, i18n } = useTranslation();
  const term = useTerms();
  const { entity, names, places, operated_by: operators, operates } = data;
  const unit = encodeURIComponent((data.unit ?? entity).id); // a company and its only plant are one card of the picture
  const others = names.filter((name) => name !== entity.name);
  return (
    <>
      <nav className="crumbs" aria-label={term("field", "places")}>
        {places.map((place) => <EntityLink key={place.id} entity={place} />)}
      </nav>
      <div className="head">
        <Glyph type={entity.type} size={44} />
        <div className="grow">
          <h1 dir="auto">{entity.name}</h1>
          <p className="meta t2">
            <span>{term("type", entity.type)}</span>
            {others.length > 0 && <span dir="auto">{others.join(" · ")}</span>}
            {operators?.map((one) => <span key={one.id}>{t("entity.operator")} <EntityLink entity={one} /></span>)}
            {operates?.map((one) => <span key={one.id}>{t("entity.operates")} <EntityLink entity={one} /></span>)}
          </p>
        </div>
        <div className="acts">
          <Link className="btn tall pri" href={`/explorer?focus=${unit}&sel=${unit}`}>
            <Icon name="graph" /> {t("entity.graph")}
          </Link>
          {ACTORS.includes(entity.type) && (
            <Link className="btn tall" href={`/what-if?off=${encodeURIComponent(entity.id)}`}>
              <Icon name="power" /> {t("entity.whatIf")}
            </Link>
          )}
          {NEARBY.includes(entity.type) && (
            <Link className="btn tall" href={`/partners?id=${encodeURIComponent(entity.id)}`}><Icon name="near" /> {t("entity.nearby")}</Link>
          )}
          <a className="btn tall" href={`/plain/report/${encodeURIComponent(entity.id)}?lang=${i18n.language}`}>
            <Icon name="document" /> {t("entity.print")}
          </a>
        </div>
      </div>
    </>
  );
}
