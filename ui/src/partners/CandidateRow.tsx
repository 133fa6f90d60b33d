import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useEvidence } from "../evidence/EvidenceDrawer";
import { EntityLink } from "../parts/EntityLink";
import { Icon } from "../parts/Icon";
import { IntervalBar } from "../parts/IntervalBar";
import { StatusChip } from "../parts/StatusChip";
import { useFigures } from "../words/numbers";
import type { Item, Numbered } from "./found";
import { useScore } from "./score";

interface Props extends Numbered {
  isSelected: boolean;
  onSelect: () => void;
}

/** One candidate: who, how sure, how far, the score and what it comes from. */
export function CandidateRow({ item, place, isSelected, onSelect }: Props) {
  const { t } = useTranslation();
  const open = useEvidence();
  const { kilometres, amount } = useFigures();
  const score = useScore();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: "nearest" });
  }, [isSelected]);
  const { entity, certainty, claims } = item;
  const [low = 0, high = 1] = item.score ?? [];
  const precision = item.point === undefined ? "none" : item.point_precision;
  return (
    <li ref={row} className={isSelected ? "pt sel" : "pt"}>
      <button
        className={`no ${certainty} ${precision}`}
        aria-pressed={isSelected}
        aria-label={t("partners.onMap", { name: entity.name })}
        onClick={onSelect}
      >
        {place}
      </button>
      <div className="grow">
        <div className="row wrap">
          <h3><EntityLink entity={entity} /></h3>
          <StatusChip status={certainty} />
          {"status" in item && item.status !== "actual" && <StatusChip status={item.status} />}
        </div>
        <p className="s12 t2">{entity.place}</p>
        <ul className="ws">
          <About item={item} />
          {"capacity" in item && item.capacity && (
            <li><Icon name="check" /><span>{t("partners.capacity")} {amount(item.capacity)}</span></li>
          )}
          {item.reasons.filter(({ reason }) => reason !== "makes").map(({ reason, text, value, weight }) => (
            <li key={reason} className={isUnknown(value) ? "q" : ""}>
              {isUnknown(value) ? <Question /> : <Icon name="check" />}
              <span>{text} <span className="t3">{t("partners.weightOf", { weight: score.weight(weight) })}</span></span>
            </li>
          ))}
          {item.why_not_certain && <li className="q"><Icon name="warning" /><span>{item.why_not_certain}</span></li>}
        </ul>
        <button
          className="src s12"
          aria-label={t("partners.sources", { name: entity.name })}
          onClick={() => { open({ title: entity.name, claims }); }}
        >
          {t("entity.sources", { count: claims.length })}
        </button>
      </div>
      <dl className="sc">
        <div className="km">
          <dt className="hidden">{t("partners.howFar")}</dt>
          <dd>
            {item.distance_km ? (
              <>
                {kilometres(item.distance_km)}
                {item.point_precision === "town" && <span className="s12 t3">{t("partners.fromTown")}</span>}
              </>
            ) : <span className="t3">{t("partners.unknownDistance")}</span>}
          </dd>
        </div>
        <div>
          <dt className="hidden">{t("partners.scoreOf")}</dt>
          <dd><b>{score.interval(low, high)}</b><IntervalBar low={low} high={high} /></dd>
        </div>
      </dl>
    </li>
  );
}

/** What it makes and for which need, or what it needs and who supplies it now. */
function About({ item }: { item: Item }) {
  const { t } = useTranslation();
  if ("products" in item) {
    return (
      <>
        {item.need && !item.products.some(({ id }) => id === item.need?.id) && <li><Icon name="near" /><span>{t("partners.need")} <EntityLink entity={item.need} /></span></li>}
        <li>
          <Icon name="check" />
          <span>{t("partners.makes")} {item.products.map((product) => <EntityLink key={product.id} entity={product} />)}</span>
        </li>
      </>
    );
  }
  const { suppliers, served } = item;
  return (
    <>
      <li><Icon name="check" /><span>{t("partners.needs")} <EntityLink entity={item.product} /></span></li>
      {served && <li><Icon name="check" /><span>{t("partners.served")}</span></li>}
      <li className={suppliers.length ? "" : "q"}>
        {suppliers.length ? <Icon name="path" /> : <Question />}
        <span>
          {suppliers.length
            ? <>{t("partners.suppliedBy")} {suppliers.map((supplier) => <EntityLink key={supplier.id} entity={supplier} />)}</>
            : t("partners.nobodySupplies")}
        </span>
      </li>
    </>
  );
}

function isUnknown(value: readonly number[]): boolean {
  return value[0] === 0 && value[1] === 1;
}

function Question() {
  return (
    <svg className="i" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="6" /><path d="M6.3 6.2a1.8 1.8 0 1 1 2.6 1.7c-.6.3-.9.7-.9 1.3M8 11.4v.1" />
    </svg>
  );
}
