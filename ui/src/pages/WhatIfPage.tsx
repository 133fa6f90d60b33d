import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { useQueries } from "@tanstack/react-query";
import { ask, useAnswer, type Answer } from "../api/ask";
import type { Entity } from "../api/client";
import { Answered } from "../parts/Answered";
import { Card } from "../parts/Card";
import "../style/what-if.css";
import { DerivationCard } from "../whatif/DerivationCard";
import { Examples } from "../whatif/Examples";
import { picture } from "../whatif/rounds";
import { RoundsPicture } from "../whatif/RoundsPicture";
import { Scenario } from "../whatif/Scenario";
import { StoppedTable } from "../whatif/StoppedTable";
import { idsOf, SWITCHES } from "../whatif/switches";
import { ExportsCard, RegionsCard } from "../whatif/TouchedCards";
import { Outcome } from "../whatif/Outcome";
import { usePictures } from "../whatif/usePictures";

const PAGE = 100;
const MOST = 1000;

/** What else stops when plants, a region, a country, a product or a market are switched off, and why. */
export default function WhatIfPage() {
  const { t } = useTranslation();
  const [address] = useSearchParams();
  const asked = {
    ...Object.fromEntries(SWITCHES.map((name) => [name, idsOf(address, name).join(",")])),
    status: address.get("status") ?? undefined,
    limit: Number(address.get("limit") ?? PAGE),
  };
  const isAsked = SWITCHES.some((name) => idsOf(address, name).length > 0);
  const found = useAnswer("/api/v1/what-if", asked, { enabled: isAsked });
  return (
    <main id="content" className="wrap whatif">
      <h1>{t("nav.whatIf")}</h1>
      <Scenario />
      {isAsked ? (
        <Answered query={found} rows={10}>{(answer) => <Consequences answer={answer} />}</Answered>
      ) : <Examples />}
    </main>
  );
}

function Consequences({ answer }: { answer: Answer<"/api/v1/what-if"> }) {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const { data } = answer;
  const products = useEntities(idsOf(address, "off_product"));
  const markets = useEntities(idsOf(address, "close_market"));
  const drawn = useMemo(() => picture(data, products, markets), [data, products, markets]);
  const [failed, setFailed] = useState<string>();
  const pictures = usePictures(drawn, answer.summary, setFailed);
  const selected = data.items.find(({ entity }) => entity.id === address.get("of")) ?? data.items[0];
  const set = (name: string, value: string) => {
    setAddress((old) => {
      const next = new URLSearchParams(old);
      next.set(name, value);
      return next;
    }, { replace: true });
  };
  const why = useRef<HTMLDivElement>(null);
  const select = (id: string) => { set("of", id); };
  const explain = (id: string) => {
    select(id);
    why.current?.scrollIntoView({ block: "nearest" }); // on a narrow screen it stands above the table
  };
  return (
    <>
      <Outcome answer={answer} pictures={pictures} />
      {failed !== undefined && <p className="note warn" role="alert">{failed}</p>}
      <div className={selected ? "consequences" : "consequences alone"}>
        {drawn.columns.length > 1 && (
          <Card title={t("whatIf.spread")}>
            <RoundsPicture picture={drawn} selected={selected?.entity.id} select={select} />
          </Card>
        )}
        {selected && <DerivationCard ref={why} items={data.items} selected={selected} />}
        <div className="rest">
          <StoppedTable
            items={data.items} total={data.total} selected={selected?.entity.id} select={explain}
            more={() => { set("limit", String(MOST)); }}
          />
          <ExportsCard data={data} />
          <RegionsCard data={data} />
        </div>
      </div>
    </>
  );
}

/** The entities of these ids, as far as they are known yet. */
function useEntities(ids: readonly string[]): Entity[] {
  const lang = useTranslation().i18n.language;
  const route = "/api/v1/entities/{id}";
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: [route, lang, { id }],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask(route, { lang, id }, signal),
    })),
    combine: entitiesOf,
  });
}

function entitiesOf(found: readonly { data?: Answer<"/api/v1/entities/{id}"> | undefined }[]): Entity[] {
  return found.flatMap(({ data }) => (data ? [data.data.entity] : []));
}
