import { useTranslation } from "react-i18next";
import { useAnswer } from "../api/ask";
import { useEvidence } from "../evidence/EvidenceDrawer";
import { Answered } from "../parts/Answered";
import { Card } from "../parts/Card";
import { EntityLink } from "../parts/EntityLink";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";

const SHOWN = 10;

/** When which fact began, ended, was learnt or withdrawn, newest first. */
export function HistoryCard({ id }: { id: string }) {
  const { t } = useTranslation();
  const term = useTerms();
  const open = useEvidence();
  const { day } = useFigures();
  const found = useAnswer("/api/v1/entities/{id}/history", { id, limit: SHOWN });
  return (
    <Card title={t("entity.history")} count={found.data?.data.total}>
      <Answered query={found}>
        {({ data }) => (
          <ul className="list">
            {data.items.map(({ at, claim, event }) => (
              <li key={`${event} ${claim.id}`}>
                <span className="row wrap">
                  <time className="t3" dateTime={at}>{day(at.slice(0, 10))}</time>
                  <span>{term("value", event)}</span>
                  {claim.subject.id !== id && <EntityLink entity={claim.subject} />}
                  <button className="src" onClick={() => { open({ title: term("relation", claim.type), claims: [claim.id] }); }}>
                    {term("relation", claim.type)}
                  </button>
                  {claim.object && claim.object.id !== id && <EntityLink entity={claim.object} />}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </Card>
  );
}
