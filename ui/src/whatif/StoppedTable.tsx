import { useTranslation } from "react-i18next";
import { useEvidence } from "../evidence/EvidenceDrawer";
import { Card } from "../parts/Card";
import { EntityLink } from "../parts/EntityLink";
import { StatusChip } from "../parts/StatusChip";
import { useFigures } from "../words/numbers";
import { CertaintySign } from "./CertaintySign";
import type { Stopped } from "./rounds";

interface Props {
  items: readonly Stopped[];
  total: number;
  selected: string | undefined;
  select: (id: string) => void;
  more: () => void;
}

/** Everyone that stops, certain before possible: in which round and by which need. */
export function StoppedTable({ items, total, selected, select, more }: Props) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const open = useEvidence();
  return (
    <Card title={t("whatIf.stopped")} count={total}>
      {items.length === 0 ? <p className="pad t2">{t("whatIf.nobody")}</p> : (
        <table className="tbl fold">
          <thead>
            <tr>
              <th scope="col">{t("whatIf.who")}</th><th scope="col" className="num">{t("whatIf.inRound")}</th>
              <th scope="col">{t("whatIf.certainty")}</th><th scope="col" className="because">{t("whatIf.why")}</th>
              <th scope="col">{t("entity.source")}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ entity, round, certainty, because }) => (
              <tr key={entity.id} className={entity.id === selected ? "sel" : undefined}>
                <th scope="row">
                  <span className="who"><CertaintySign sign={certainty} /><EntityLink entity={entity} /></span>
                  {entity.place && <span className="place">{entity.place}</span>}
                </th>
                <td className="num" data-label={t("whatIf.inRound")}>{number(round)}</td>
                <td><StatusChip status={certainty} /></td>
                <td><button className="src says" aria-pressed={entity.id === selected} onClick={() => { select(entity.id); }}>{because.text}</button></td>
                <td>
                  <button className="src nw" onClick={() => { open({ title: because.text, claims: because.claims }); }}>
                    {t("whatIf.evidence", { count: because.claims.length })}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {items.length < total && (
        <p className="pad t2">
          <button className="btn" onClick={more}>{t("state.more")}</button> {t("state.shown", { shown: items.length, total })}
        </p>
      )}
    </Card>
  );
}
