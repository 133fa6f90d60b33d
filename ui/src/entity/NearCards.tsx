import { lazy, Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useAnswer } from "../api/ask";
import type { Entity } from "../api/client";
import { together } from "../explorer/net";
import { Boundary, Broken, loaded } from "../parts/Broken";
import { Card } from "../parts/Card";
import { ACTORS } from "../parts/drawing";
import { counted } from "../words/numbers";
import { sketchOf } from "./sketch";
import { Sketch } from "./Sketch";
import { placesOf } from "./whereabouts";
import "../style/map.css";
import "../style/near.css";

const SmallMap = lazy(() => loaded(import("./SmallMap")));

const OF_A_KIND = 4;
const MOST = 40;

/** Who is nearest and where they are, as two small pictures that lead to the large ones; nothing where nothing is to draw. */
export function NearCards({ entity, unit }: { entity: Entity; unit: string }) {
  const { t } = useTranslation();
  const found = useAnswer("/api/v1/network", { id: unit, upstream: 1, downstream: 1, fan: OF_A_KIND, most: MOST, claims: false });
  const net = useMemo(() => (found.data ? together(found.data, []) : undefined), [found.data]);
  const sketch = useMemo(() => net && sketchOf(net), [net]);
  const places = useMemo(() => net && placesOf(net), [net]);
  if (found.isPending) return <><div className="card near" aria-hidden="true" /><div className="card near" aria-hidden="true" /></>;
  if (net === undefined || places === undefined) return null;
  const groups = [...net.nodes.values()].filter(({ count }) => count?.min !== undefined);
  const graph = `/explorer?focus=${encodeURIComponent(unit)}&sel=${encodeURIComponent(unit)}`;
  return (
    <>
      {sketch && (
        <Card title={t("near.graph")} side={<Link href={graph}>{t("near.openGraph")}</Link>}>
          <Link className="near" href={graph} tabIndex={-1} aria-hidden="true"><Sketch sketch={sketch} /></Link>
          <p className="feet2 s12 t2">
            <span>{t("near.shown", { shown: sketch.shown, total: found.data?.data.neighbours_total })}</span>
            {groups.map(({ entity: group, count }) => count && <span key={group.id} dir="auto">{counted(count)}: {group.name}</span>)}
          </p>
        </Card>
      )}
      {(places.pins.length > 0 || ACTORS.includes(entity.type)) && (
        <Card title={t("near.where")} side={places.pins.length > 0 && <Link href={`${graph}&tab=map`}>{t("near.openMap")}</Link>}>
          {places.pins.length > 0 && (
            <Boundary instead={(error) => <Broken title={t("map.broken")} error={error} />}>
              <Link className="near" href={`${graph}&tab=map`} tabIndex={-1} aria-hidden="true">
                <Suspense fallback={<div className="small map" />}><SmallMap {...places} /></Suspense>
              </Link>
            </Boundary>
          )}
          <p className="feet2 s12 t2">
            <span>{places.own && <svg viewBox="0 0 14 14" className={`sign ${places.own}`} aria-hidden="true"><circle cx="7" cy="7" r="5" /></svg>} {t(entity.type === "City" && places.own ? "near.city" : places.own ? `near.${places.own}` : entity.place ? "near.noPoint" : "near.noPlace", { place: entity.place ?? "" })}</span>
            {places.pins.length > 0 && <span>{t("map.noBorders")}</span>}
            {places.unplaced > 0 && <span>{t("near.unplaced", { count: places.unplaced })}</span>}
          </p>
        </Card>
      )}
    </>
  );
}
