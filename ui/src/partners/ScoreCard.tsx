import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useEvidence } from "../evidence/EvidenceDrawer";
import { entityAddress } from "../parts/EntityLink";
import { Glyph } from "../parts/Glyph";
import { Icon } from "../parts/Icon";
import { IntervalBar } from "../parts/IntervalBar";
import { useFigures } from "../words/numbers";
import type { Numbered } from "./found";
import { useScore } from "./score";

interface Props extends Numbered {
  weights: Readonly<Record<string, number>>;
  isRight: boolean;
  close: () => void;
}

/** What the score of the chosen one is made of. */
export function ScoreCard({ item, place, weights, isRight, close }: Props) {
  const { t } = useTranslation();
  const open = useEvidence();
  const score = useScore();
  const { kilometres } = useFigures();
  const { entity, claims } = item;
  const [low = 0, high = 1] = item.score ?? [];
  return (
    <section className={isRight ? "card tipc right" : "card tipc"} aria-label={t("partners.card")}>
      <header>
        <Glyph type={entity.type} size={24} />
        <div className="grow">
          <h2 dir="auto">{place}. {entity.name}</h2>
          <p className="s12 t2">{item.distance_km ? kilometres(item.distance_km) : t("partners.unknownDistance")}</p>
        </div>
        <button className="btn ghost ic" aria-label={t("partners.closeCard")} onClick={close}><Icon name="close" /></button>
      </header>
      <dl className="bd">
        {Object.entries(weights).map(([reason, weight]) => {
          const found = item.reasons.find((one) => one.reason === reason);
          const [from = 0, to = 0] = found?.value ?? [];
          return (
            <div key={reason}>
              <dt>{t(`partners.reason.${reason}`)} <span className="t3">{t("partners.weightOf", { weight: score.weight(weight) })}</span></dt>
              <dd><IntervalBar low={from} high={to} /></dd>
              <dd>{score.interval(from, to)}</dd>
            </div>
          );
        })}
        <div className="sum">
          <dt>{t("partners.scoreOf")}</dt>
          <dd><IntervalBar low={low} high={high} /></dd>
          <dd><b>{score.interval(low, high)}</b></dd>
        </div>
      </dl>
      <p className="row wrap">
        <button className="src" onClick={() => { open({ title: entity.name, claims }); }}>{t("entity.sources", { count: claims.length })}</button>
        <Link href={entityAddress(entity.id)}>{t("partners.openPage")}</Link>
      </p>
    </section>
  );
}
