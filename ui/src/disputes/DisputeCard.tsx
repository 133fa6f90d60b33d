import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { Rivals } from "../entity/RivalBox";
import { useEvidence } from "../evidence/EvidenceDrawer";
import { evidenceOf } from "../evidence/figure";
import type { Documents } from "../pages/EntityPage";
import { EntityLink } from "../parts/EntityLink";
import { useTerms } from "../words/terms";

/** One dispute: about whom, about what, who says what, and why one of them was chosen. */
export function DisputeCard({ item, documents }: { item: Schemas["ContradictionItem"]; documents: Documents }) {
  const { t } = useTranslation();
  const term = useTerms();
  const open = useEvidence();
  const id = useId();
  const { subject, kind, type, chosen, rivals, agree = [], reason, rule, decided } = item;
  const about = [chosen.product, type === "LOCATED_IN" ? undefined : chosen.object].filter((one) => one !== undefined);
  const what = kind ? term("value", kind) : term("relation", type);
  return (
    <section className="card dispute" aria-labelledby={id}>
      <header><h2 id={id}><EntityLink entity={subject} withPlace /></h2></header>
      <div className="pad">
        <h3>
          <b>{what}</b>
          {about.map((one) => <EntityLink key={one.id} entity={one} />)}
          {typeof chosen.stated.scope === "string" && <span className="t2">{chosen.stated.scope}</span>}
        </h3>
        <p className="t2 s12">{reason}</p>
        <Rivals dispute={{ chosen, agree, rivals }} documents={documents} />
        <p className="t2 s12">{decided ?? rule}</p>
        <button
          className="src"
          onClick={() => {
            open(evidenceOf(`${subject.name}: ${what}`, item));
          }}
        >
          {t("entity.sources", { count: 1 + agree.length })}, {t("disputes.against", { count: rivals.length })}
        </button>
      </div>
    </section>
  );
}
