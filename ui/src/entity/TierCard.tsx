import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "../api/ask";
import type { Schemas } from "../api/client";
import { useEvidence } from "../evidence/EvidenceDrawer";
import { Answered } from "../parts/Answered";
import { Card } from "../parts/Card";
import { EntityLink } from "../parts/EntityLink";
import { Sentence } from "../parts/Sentence";
import { StatusChip } from "../parts/StatusChip";
import { useFigures } from "../words/numbers";

interface Props {
  id: string;
  direction: "suppliers" | "customers";
  tiers: number;
  setTiers: (tiers: number) => void;
}

const MOST_TIERS = 5;
const SQUARES = 60;

/** Who supplies or buys, tier by tier; those counted but not named stand beside them. */
export function TierCard({ id, direction, tiers, setTiers }: Props) {
  const { t } = useTranslation();
  const found = useAnswer(`/api/v1/entities/{id}/${direction}`, { id, tiers, limit: 50 });
  const choice = (
    <label className="s12 t2">
      {t("entity.tiers")}{" "}
      <select value={tiers} onChange={(event) => { setTiers(Number(event.target.value)); }}>
        {Array.from({ length: MOST_TIERS }, (_, n) => <option key={n}>{n + 1}</option>)}
      </select>
    </label>
  );
  return (
    <Card title={t(`entity.${direction}`)} count={found.data?.data.total} side={choice}>
      <Answered query={found}>
        {({ summary, links, data, coverage, meta }) => (
          <>
            <Sentence title={t(`entity.${direction}`)} answer={{ summary, links }} />
            {coverage && coverage.counted_min > coverage.named && (
              <Coverage named={coverage.named} counted={coverage.counted_min} />
            )}
            {data.items.length > 0 && <TierTable items={data.items} />}
            {(data.items.length < data.total || meta.truncated) && (
              <p className="pad t2">
                {meta.truncated && <>{t("state.truncated")} </>}
                {t("state.shown", { shown: data.items.length, total: data.total })}
              </p>
            )}
          </>
        )}
      </Answered>
    </Card>
  );
}

/** A square for each that is counted: full for the named, hatched for those whom no source names. */
function Coverage({ named, counted }: { named: number; counted: number }) {
  const { t } = useTranslation();
  const shown = Math.min(counted, SQUARES);
  return (
    <p className="dots pad" aria-hidden="true">
      {Array.from({ length: shown }, (_, n) => <i key={n} className={n < named ? "named" : ""} />)}
      <span>{t("entity.maybeMore")}</span>
    </p>
  );
}

function TierTable({ items }: { items: Schemas["TierItem"][] }) {
  const { t } = useTranslation();
  const open = useEvidence();
  const { amount, share, day } = useFigures();
  const figuresOf = ({ value, quantity, buyer_share: part, basis }: Schemas["TierItem"]["links"][number]) => [
    ...[value, quantity].map((one) => one && amount({ ...one, isDelivered: basis === "delivery" })), part && share(part),
  ].filter((one) => one !== undefined);
  return (
    <div className="tablewrap">
      <table className="tbl fold">
        <thead>
          <tr>
            <th scope="col">{t("entity.who")}</th><th scope="col">{t("entity.tier")}</th>
            <th scope="col">{t("entity.what")}</th><th scope="col">{t("entity.value")}</th>
            <th scope="col">{t("entity.state")}</th><th scope="col">{t("entity.when")}</th>
            <th scope="col">{t("entity.source")}</th>
          </tr>
        </thead>
        <tbody>
          {items.flatMap((item) => item.links.map((link, place) => (
            <tr key={`${item.entity.id} ${link.claims.join()}`}>
              <th scope="row">{place === 0 && <EntityLink entity={item.entity} withPlace />}</th>
              <td>{place === 0 ? item.tier : ""}</td>
              <td>{link.product ? <EntityLink entity={link.product} /> : <span className="t3">{t("entity.noProduct")}</span>}</td>
              <td><Figures all={figuresOf(link)} /></td>
              <td><StatusChip status={link.disputed || link.rivals ? "disputed" : link.status} /></td>
              <td className="t2 nw">{link.last_seen ? day(link.last_seen) : t("evidence.undated")}</td>
              <td>
                <button className="src" onClick={() => { open({ title: item.entity.name, claims: link.claims, rivals: link.rivals ?? [] }); }}>
                  {t("explorer.claims", { count: link.claims.length })}
                </button>
              </td>
            </tr>
          )))}
        </tbody>
      </table>
    </div>
  );
}

/** Each figure stays whole; a line may end between two. */
function Figures({ all }: { all: readonly string[] }) {
  return all.map((one, place) => <Fragment key={place}><span className="nw">{one}{place < all.length - 1 && " ·"}</span> </Fragment>);
}
