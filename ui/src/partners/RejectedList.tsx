import { useTranslation } from "react-i18next";
import { useEvidence } from "../evidence/EvidenceDrawer";
import { EntityLink } from "../parts/EntityLink";
import { Icon } from "../parts/Icon";
import { useFigures } from "../words/numbers";
import type { Rejected } from "./found";

function bringIntoView(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: "nearest" });
}

/** Those left out, each with the reason. */
export function RejectedList({ items, total, selected }: { items: readonly Rejected[]; total: number; selected: string }) {
  const { t } = useTranslation();
  const open = useEvidence();
  const { number } = useFigures();
  if (total === 0) return null;
  return (
    <section className="rej" aria-label={t("partners.rejected")}>
      <div className="lh">
        <h2>{t("partners.rejected")} <span className="cnt">{number(total)}</span></h2>
        <span className="grow" />
        <span className="s12 t3">{t("partners.why")}</span>
      </div>
      <ul className="rejs">
        {items.map((item) => (
          <li
            key={`${item.entity.id} ${"product" in item ? item.product.id : ""}`}
            ref={item.entity.id === selected ? bringIntoView : undefined}
            className={item.entity.id === selected ? "sel" : ""}
          >
            <Icon name="close" />
            <div>
              <EntityLink entity={item.entity} withPlace />
              <p className="s12 t2">
                {item.why_not}{" "}
                <button
                  className="src"
                  aria-label={t("partners.sources", { name: item.entity.name })}
                  onClick={() => { open({ title: item.entity.name, claims: item.claims }); }}
                >
                  {t("entity.sources", { count: item.claims.length })}
                </button>
              </p>
            </div>
          </li>
        ))}
      </ul>
      {items.length < total && <p className="pad t2">{t("state.shown", { shown: items.length, total })}</p>}
    </section>
  );
}
