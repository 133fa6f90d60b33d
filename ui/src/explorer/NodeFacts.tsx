import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "../api/ask";
import { Counted } from "../entity/FactsCard";
import { Stated, useEvidence, type Topic } from "../evidence/EvidenceDrawer";
import { evidenceOf } from "../evidence/figure";
import { StatusChip } from "../parts/StatusChip";
import { useTerms } from "../words/terms";

const SHOWN = 4;

/** The first facts of an entity, each with its state and sources; all of them stand on its page. */
export function NodeFacts({ id, validAt }: { id: string; validAt: string | undefined }) {
  const { t } = useTranslation();
  const term = useTerms();
  const openEvidence = useEvidence();
  const { data } = useAnswer("/api/v1/entities/{id}", { id, valid_at: validAt });
  if (data === undefined) return null;
  const { figures, groups } = data.data;
  const rows: { key: string; value: ReactNode; status: string; topic: Topic }[] = [
    ...groups.map((group) => {
      const title = term("relation_in", group.relation);
      return { key: group.entity.id, value: <Counted group={group} />, status: group.status, topic: { title, claims: group.claims } };
    }),
    ...figures.map((figure) => {
      const { chosen, rivals, status, kind, about, product, scope } = figure;
      const title = [term("value", kind), about?.id === id ? undefined : about?.name, product?.name, scope].filter(Boolean).join(", ");
      return {
        key: chosen.id, value: <Stated stated={chosen.stated} />, status: rivals.length > 0 ? "disputed" : status,
        topic: evidenceOf(title, figure),
      };
    }),
  ];
  if (rows.length === 0) return null;
  return (
    <section className="pad nodefacts">
      <h3>{t("entity.facts")}</h3>
      <dl>
        {rows.slice(0, SHOWN).map(({ key, value, status, topic }) => (
          <div key={key}>
            <dt className="t2 s12">{topic.title}</dt>
            <dd className="row wrap">
              <b>{value}</b> <StatusChip status={status} />
              <button className="src s12" onClick={() => { openEvidence(topic); }}>
                {t("entity.sources", { count: topic.claims.length })}
                {(topic.rivals?.length ?? 0) > 0 && `, ${t("entity.against", { count: topic.rivals?.length })}`}
              </button>
            </dd>
          </div>
        ))}
      </dl>
      {rows.length > SHOWN && <p className="t3 s12">{t("state.shown", { shown: SHOWN, total: rows.length })}</p>}
    </section>
  );
}
