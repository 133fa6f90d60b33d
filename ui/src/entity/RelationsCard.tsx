import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "../api/ask";
import { useEvidence } from "../evidence/EvidenceDrawer";
import { Answered } from "../parts/Answered";
import { Card } from "../parts/Card";
import { EntityLink } from "../parts/EntityLink";
import { StatusChip } from "../parts/StatusChip";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";

const SHOWN = 8;
/** As many as the service gives at once. */
const MOST = 1000;

/** All direct links: how many of each kind first, then who. */
export function RelationsCard({ id }: { id: string }) {
  const { t } = useTranslation();
  const term = useTerms();
  const open = useEvidence();
  const { number } = useFigures();
  const [limit, setLimit] = useState(200);
  const [isWhole, setWhole] = useState<ReadonlySet<string>>(new Set());
  const found = useAnswer("/api/v1/entities/{id}/neighbours", { id, limit });
  return (
    <Card title={t("entity.relations")} count={found.data?.data.total}>
      <Answered query={found}>
        {({ data }) => data.total === 0 ? <p className="pad t2">{t("state.none")}</p> : (
          <>
            {Object.entries(Object.groupBy(data.items, ({ relation, direction }) => `${relation} ${direction}`)).map(([key, items = []]) => {
              const [relation = "", direction = ""] = key.split(" ");
              const total = data.relations[relation]?.[direction] ?? items.length;
              const shown = isWhole.has(key) ? items : items.slice(0, SHOWN);
              return (
                <section key={key} className="pad part">
                  <h3>{term(direction === "in" ? "relation_in" : "relation", relation)} <span className="cnt">{number(total)}</span></h3>
                  <ul>
                    {shown.map(({ entity, status, claims }) => (
                      <li key={entity.id} className="row">
                        <EntityLink entity={entity} />
                        <span className="grow" />
                        <button className="plain" onClick={() => { open({ title: entity.name, claims }); }}><StatusChip status={status} /></button>
                      </li>
                    ))}
                  </ul>
                  {shown.length < items.length && (
                    <button className="src" onClick={() => { setWhole(new Set([...isWhole, key])); }}>
                      {t("state.shown", { shown: shown.length, total })}
                    </button>
                  )}
                </section>
              );
            })}
            {data.items.length < data.total && (
              <p className="pad">
                {limit < MOST && <button className="btn" onClick={() => { setLimit(MOST); }}>{t("state.more")}</button>}{" "}
                <span className="t2">{t("state.shown", { shown: data.items.length, total: data.total })}</span>
              </p>
            )}
          </>
        )}
      </Answered>
    </Card>
  );
}
