import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useEvidence } from "../evidence/EvidenceDrawer";
import { EntityLink } from "../parts/EntityLink";
import { IntervalBar } from "../parts/IntervalBar";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";
import type { Chart, ChartBar } from "./charts";
import "../style/charts.css";

const SHOWN = 8;

/** The charts of an answer; without any, what would make them. */
export function Charts({ charts }: { charts: readonly Chart[] }) {
  const { t } = useTranslation();
  if (charts.length === 0) {
    return <p className="pad t2">{t("chart.nothing")} <Link href="/data">{t("state.howToLoad")}</Link></p>;
  }
  const isHatched = charts.some(({ bars, index }) => [...bars.map(({ low, high }) => [low, high]), index ?? []].some(([low = 0, high = 0]) => high - low > 1e-4));
  return (
    <>
      {charts.map((chart) => <ShareChart key={chart.key} chart={chart} />)}
      {isHatched && <p className="pad t3 s12">{t("chart.legend")}</p>}
    </>
  );
}

/** Bars from zero, each with its name and figure in words: solid is certain, hatched is possible. */
function ShareChart({ chart: { about, title, bars, index, isApproximate, isCounted, note, unloaded = 0 } }: { chart: Chart }) {
  const { t } = useTranslation();
  const shown = bars.slice(0, SHOWN);
  const undrawn = bars.slice(SHOWN).filter(({ entity }) => entity !== undefined).length;
  const rest = unloaded === "some" ? t("chart.restSome") : unloaded > 0 ? t("chart.restOf", { count: undrawn + unloaded }) : undrawn > 0 && t("chart.rest", { count: undrawn });
  const last = bars.at(-1);
  return (
    <div className="chart pad part">
      {about && <h3><EntityLink entity={about} /></h3>}
      {title && <h3>{t(`chart.title.${title}`)}</h3>}
      {isCounted && !title && <p className="t2 s12">{t("chart.byLinks")}</p>}
      <ul className="shares">
        {shown.map((bar) => <Row key={bar.key} bar={bar} />)}
        {rest && <li className="t3 s12">{rest}</li>}
        {rest && last && last.entity === undefined && !shown.includes(last) && <Row bar={last} />}
      </ul>
      {note && <p className="t2 s12">{note}</p>}
      {index && <Index index={index} isApproximate={isApproximate ?? false} />}
    </div>
  );
}

function Row({ bar }: { bar: ChartBar }) {
  const { t } = useTranslation();
  const term = useTerms();
  const open = useEvidence();
  const { entity, words, low, high, claims } = bar;
  const said = words && t(`chart.of.${words}`, { unit: term("unit", bar.key) });
  const name = [entity?.name, said].filter(Boolean).join(", ");
  const inside = <><IntervalBar low={low} high={high} /><Figure bar={bar} /></>;
  return (
    <li>
      <span className="who">{entity && <EntityLink entity={entity} />} {said && <span className="t2">{said}</span>}</span>
      {claims.length === 0 ? <span className="share">{inside}</span> : (
        <button className="share" onClick={() => { open({ title: name, claims }); }}>
          <span className="hidden">{t("evidence.title")}: {name} </span>{inside}
        </button>
      )}
    </li>
  );
}

function Figure({ bar: { isUnknown, count, of, low, high } }: { bar: ChartBar }) {
  const { t } = useTranslation();
  const { number, share } = useFigures();
  if (isUnknown) return <span className="pct t3">{t("chart.unknown")}</span>;
  const written = count === undefined ? share([low, high]) : of === undefined ? number(count) : t("chart.ofAll", { count, of });
  return <span className="pct">{written}</span>;
}

/** From near 0, many small ones, to 1, a single one; and as many equal ones would be as concentrated. */
function Index({ index, isApproximate }: { index: readonly number[]; isApproximate: boolean }) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const [low = 0, high = 1] = index;
  const between = (from: number, to: number) => (number(from) === number(to) ? number(from) : `${number(from)}–${number(to)}`);
  return (
    <p className="index">
      <b>{t("chart.index")}</b>
      <IntervalBar low={low} high={high} />
      <span>
        {isApproximate && "≈ "}{between(low, high)}
        {low > 0 && <span className="t2">, {low === 1 ? t("chart.single") : t("chart.equal", { equal: between(1 / high, 1 / low) })}</span>}
      </span>
    </p>
  );
}
