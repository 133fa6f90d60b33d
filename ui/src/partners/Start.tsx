import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ask, useAnswer } from "../api/ask";
import type { Entity } from "../api/client";
import { HowToLoad } from "../data/HowToLoad";
import { Glyph } from "../parts/Glyph";
import { USUAL_KM, type Search } from "./search";

const EXAMPLES = 5;
/** So many are tried: not everybody whose needs and place are known has somebody near. */
const TRIED = 15;

const ASKED = {
  suppliers: { route: "/api/v1/entities/{id}/local-partners", has: "point,needs" },
  customers: { route: "/api/v1/entities/{id}/local-customers", has: "point,products" },
} as const;

/** For whom: plants of this graph that the page has an answer for, one click each. */
export function Start({ who, choose }: { who: Search["who"]; choose: (id: string) => void }) {
  const { t, i18n: { language: lang } } = useTranslation();
  const { route, has } = ASKED[who];
  const plants = useAnswer("/api/v1/entities", { type: "Plant", has, limit: TRIED });
  const all = useAnswer("/api/v1/entities", { type: "Plant", limit: 1 });
  const tried = useQueries({
    queries: (plants.data?.data.items ?? []).map(({ entity }) => ({
      queryKey: ["partners example", route, entity.id, lang],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const { data } = await ask(route, { id: entity.id, within_km: USUAL_KM, limit: 1, rejected: 0, lang }, signal);
        return data.total > 0 ? entity : null;
      },
      retry: false,
      staleTime: Infinity,
    })),
    combine: (found) => ({
      items: found.flatMap(({ data }) => data ?? []).slice(0, EXAMPLES), isPending: found.some(({ isPending }) => isPending),
    }),
  });
  const isWaiting = plants.isPending || tried.isPending;
  return (
    <section className="empty">
      <h2>{t("partners.start")}</h2>
      <p>{t("partners.startText")}</p>
      {(isWaiting || tried.items.length > 0) && (
        <>
          <p>{t("home.example")}:</p>
          <ul className="chips examples" aria-busy={isWaiting}>
            {!isWaiting && tried.items.map((entity) => (
              <li key={entity.id}><button className="btn" onClick={() => { choose(entity.id); }}><Glyph type={entity.type} size={16} /> {entity.name}</button></li>
            ))}
          </ul>
        </>
      )}
      {all.data?.data.total === 0 && <HowToLoad />}
    </section>
  );
}

/** A town needs and makes nothing by itself: the product is the next step. */
export function WhatNext({ town, who }: { town: Entity; who: Search["who"] }) {
  const { t } = useTranslation();
  return (
    <section className="empty">
      <h2>{t(`partners.next.${who}`, { town: town.name })}</h2>
      <p>{t("partners.nextText")}</p>
    </section>
  );
}
