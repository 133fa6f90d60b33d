import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useEvidence } from "../evidence/EvidenceDrawer";
import { Card } from "../parts/Card";
import { EntityLink } from "../parts/EntityLink";
import { Glyph } from "../parts/Glyph";
import { Icon } from "../parts/Icon";
import { StatusChip } from "../parts/StatusChip";
import { SECTIONS } from "../parts/TopBar";
import { addressOf } from "../partners/search";
import { derivation, type Stopped } from "./rounds";

/** Where one looks for who could step in, if that page is there. */
const PARTNERS = SECTIONS.map(({ path }): string => path).find((path) => path === "/partners");

/** Why one stops: from the first stop to itself, each step with its need, suppliers and evidence. */
export function DerivationCard({ items, selected, ref }: { items: readonly Stopped[]; selected: Stopped; ref?: Ref<HTMLDivElement> }) {
  const { t } = useTranslation();
  return (
    <div className="why" aria-live="polite" ref={ref}>
      <Card title={t(selected.certainty === "certain" ? "whatIf.whyCertain" : "whatIf.whyPossible", { name: selected.entity.name })}>
        <ol className="steps pad">
          {derivation(items, selected.entity.id).map((step) => <Step key={step.entity.id} step={step} />)}
        </ol>
        {PARTNERS !== undefined && (
          <p className="pad">
            <Link className="btn" href={`${PARTNERS}?${replacing(selected)}`}>
              <Icon name="near" /> {t("whatIf.nearby")}
            </Link>
          </p>
        )}
      </Card>
    </div>
  );
}

/** Who else could bring what is missing: for the one that stops, without those that fail it. */
function replacing({ entity, because }: Stopped): URLSearchParams {
  return addressOf({ id: entity.id, product: because.product?.id ?? "", without: because.suppliers.map(({ id }) => id) });
}

function Step({ step: { entity, certainty, round, because } }: { step: Stopped }) {
  const { t } = useTranslation();
  const open = useEvidence();
  return (
    <li>
      <Glyph type={entity.type} size={22} />
      <div className="grow">
        <p className="row wrap"><EntityLink entity={entity} /><StatusChip status={certainty} /><span className="t3 s12">{t("whatIf.round", { round })}</span></p>
        <p className="text">{because.text}</p>
        <dl className="s12">
          {because.product && <><dt>{t("whatIf.need")}</dt><dd><EntityLink entity={because.product} /></dd></>}
          <dt>{t("whatIf.suppliers")}</dt>
          <dd>{because.suppliers.map((one) => <EntityLink key={one.id} entity={one} />)}</dd>
        </dl>
        <button className="src" onClick={() => { open({ title: because.text, claims: because.claims }); }}>
          {t("whatIf.evidence", { count: because.claims.length })}
        </button>
      </div>
    </li>
  );
}
