import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { useAnswer, type Answer } from "../api/ask";
import { Problem } from "../api/client";
import { MapView } from "../map/MapView";
import { CandidateRow } from "../partners/CandidateRow";
import { Conditions } from "../partners/Conditions";
import { numbered, pinsOf, unplacedOf, type Found, type Item, type Rejected } from "../partners/found";
import { RejectedList } from "../partners/RejectedList";
import { Start, WhatNext } from "../partners/Start";
import { ScoreCard } from "../partners/ScoreCard";
import { addressOf, PAGE, searchOf, wider, wordsOf, type Search } from "../partners/search";
import { Answered } from "../parts/Answered";
import { ACTORS } from "../parts/drawing";
import { Icon } from "../parts/Icon";
import { Sentence } from "../parts/Sentence";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";
import "../style/partners.css";

type Route = "/api/v1/entities/{id}/local-partners" | "/api/v1/entities/{id}/local-customers";

/** Who near a plant or town could supply it or buy from it: a ranked list and the same on a map. */
export default function PartnersPage() {
  const { t } = useTranslation();
  const [given, setGiven] = useSearchParams();
  const search = searchOf(given);
  const change = (next: Partial<Search>) => {
    const isPlace = "id" in next || "who" in next;
    setGiven((old) => addressOf({ ...searchOf(old), ...next }), { replace: !isPlace });
  };
  const route: Route = search.who === "suppliers" ? "/api/v1/entities/{id}/local-partners" : "/api/v1/entities/{id}/local-customers";
  const asked = askedOf(search);
  const card = useAnswer("/api/v1/entities/{id}", { id: search.id }, { enabled: search.id !== "" });
  const of = search.id === "" || card.isPlaceholderData ? undefined : card.data?.data.entity;
  const isTown = of !== undefined && !ACTORS.includes(of.type);
  const isReady = search.id !== "" && (search.product !== "" || card.isError || (of !== undefined && !isTown));
  const found = useAnswer(route, { id: search.id, ...asked }, { enabled: isReady });
  const answer = found.isError || !isReady ? undefined : found.data;
  const isStart = search.id === "" || found.isError || (isTown && search.product === "");
  return (
    <main id="content" className={isStart ? "partners start" : "partners"}>
      <div className="found">
        <h1>{t("partners.title")}</h1>
        <Conditions search={search} of={of} change={change} />
        {search.id === "" ? <Start who={search.who} choose={(id) => { change({ id }); }} /> : isTown && search.product === "" ? <WhatNext town={of} who={search.who} /> : (
          <Answered query={found} rows={8}>
            {(shown) => <Candidates answer={shown} search={search} change={change} />}
          </Answered>
        )}
        {isTooNarrow(found.error) && (
          <p className="pad"><button className="btn pri" onClick={() => { change({ km: null }); }}>{t("partners.anyDistance")}</button></p>
        )}
      </div>
      {answer && <Shown data={answer.data} search={search} change={change} />}
    </main>
  );
}

function askedOf(search: Search): Record<string, string | number | undefined> {
  return {
    product: search.product, within_km: search.km ?? undefined, region: search.region, "-entity": search.without.join(","), weights: wordsOf(search.weights),
    limit: search.limit, ...(search.who === "suppliers" && search.order === "distance" ? { order: search.order } : {}),
  };
}

function isTooNarrow(error: unknown): boolean {
  return error instanceof Problem && error.parameter === "within_km";
}

interface Part {
  search: Search;
  change: (next: Partial<Search>) => void;
}

/** The list: those who match, best first, and those who do not. */
function Candidates({ answer, search, change }: Part & { answer: Answer<Route> }) {
  const { t } = useTranslation();
  const { data, meta } = answer;
  const { number } = useFigures();
  const rows = numbered(data.items);
  return (
    <>
      <div className="lh">
        <h2>{t(search.who === "suppliers" ? "partners.canSupply" : "partners.couldBuy")} <span className="cnt">{number(data.total)}</span></h2>
        <span className="grow" />
        <a className="btn narrow" href="#map"><Icon name="map" /> {t("partners.toMap")}</a>
      </div>
      <div aria-live="polite"><Sentence title={t("partners.title")} answer={answer} /></div>
      {meta.truncated && <p className="note warn"><Icon name="warning" />{t("state.truncated")}</p>}
      {data.total === 0 && <Nobody search={search} change={change} rejected={data.rejected} />}
      <ol className="pts">
        {rows.map((row) => (
          <CandidateRow
            key={`${row.item.entity.id} ${"need" in row.item ? row.item.need?.id : "product" in row.item ? row.item.product.id : ""}`}
            {...row}
            isSelected={row.item.entity.id === search.at}
            onSelect={() => { change({ at: search.at === row.item.entity.id ? "" : row.item.entity.id }); }}
          />
        ))}
      </ol>
      {data.items.length < data.total && (
        <p className="pad row">
          <button className="btn" onClick={() => { change({ limit: search.limit + 2 * PAGE }); }}>{t("state.more")}</button>
          <span className="t2">{t("state.shown", { shown: data.items.length, total: data.total })}</span>
        </p>
      )}
      <RejectedList items={data.rejected} total={data.rejected_total} selected={search.at} />
    </>
  );
}

function nearestOf(rejected: readonly Rejected[]): number | undefined {
  const all = rejected.flatMap(({ distance_km: far }) => far?.[1] ?? []);
  return all.length ? Math.min(...all) : undefined;
}

function Nobody({ search, change, rejected }: Part & { rejected: readonly Rejected[] }) {
  const { t } = useTranslation();
  const { km } = search;
  const next = km === null ? 0 : wider(km, nearestOf(rejected));
  return (
    <section className="empty">
      <h3><b>{t("partners.nobody")}</b></h3>
      <p>{t("partners.nobodyText")}</p>
      {km !== null && (
        <p><button className="btn pri" onClick={() => { change({ km: next }); }}>{t("partners.wider", { km: next })}</button></p>
      )}
    </section>
  );
}

/** Whether it lies to the west of the centre: its card then stands at the right, not over it. */
function isWest({ point }: Item, { point: centre }: Found): boolean {
  return (point?.[1] ?? 0) < (centre?.[1] ?? 0) && point !== undefined;
}

/** The same on a map, with what the score of the chosen one is made of. */
function Shown({ data, search, change }: Part & { data: Found }) {
  const { t } = useTranslation();
  const term = useTerms();
  const { kilometres } = useFigures();
  const pins = useMemo(
    () => pinsOf(data, (item) => [
      "why_not" in item ? item.why_not : term("value", item.certainty),
      "why_not" in item || !item.distance_km ? undefined : kilometres(item.distance_km),
    ].filter(Boolean).join(", ")),
    [data, t],
  );
  const unplaced = useMemo(() => unplacedOf(data), [data]);
  const circle = useMemo(
    () => (data.point && search.km !== null ? { centre: [data.point[0] ?? 0, data.point[1] ?? 0] as const, km: search.km } : undefined),
    [data.point?.join(), search.km],
  );
  const chosen = numbered(data.items).find(({ item }) => item.entity.id === search.at);
  return (
    <div className="mapw" id="map">
      <MapView
        label={t("partners.map", { name: data.of.name })}
        pins={pins}
        circle={circle}
        unplaced={unplaced}
        selected={search.at}
        onSelect={(at) => { change({ at }); }}
      />
      {chosen && <ScoreCard {...chosen} isRight={isWest(chosen.item, data)} weights={data.weights} close={() => { change({ at: "" }); }} />}
    </div>
  );
}
