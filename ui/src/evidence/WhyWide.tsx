import { useTranslation } from "react-i18next";
import { useAnswer } from "../api/ask";
import type { Claim } from "../api/client";
import { useFigures } from "../words/numbers";

const MOST = 1000;

/** Of a supply or a need: between what its share lies and what keeps it there, and which fact to find out next. */
export function WhyWide({ claims }: { claims: readonly string[] }) {
  const first = useAnswer("/api/v1/claims/{id}", { id: claims[0] }, { enabled: claims.length > 0 });
  const buyer = first.data && buyerOf(first.data.data.claim);
  return buyer === undefined ? null : <OfBuyer buyer={buyer} claims={claims} />;
}

/** Whose need it is about; undefined where it is about none. */
function buyerOf({ type, subject, object }: Claim): string | undefined {
  return type === "SUPPLIES" ? object?.id : type === "NEEDS" ? subject.id : undefined;
}

function OfBuyer({ buyer, claims }: { buyer: string; claims: readonly string[] }) {
  const { t } = useTranslation();
  const { share } = useFigures();
  const found = useAnswer("/api/v1/entities/{id}/next-best-fact", { id: buyer, limit: MOST });
  const isAbout = (item: { claims: string[] }) => item.claims.some((claim) => claims.includes(claim));
  const bounds = (found.data?.data.bounds ?? []).filter(isAbout);
  const products = new Set(bounds.map(({ product }) => product?.id));
  const next = (found.data?.data.items ?? []).find((item) => isAbout(item) || (bounds.length > 0 && products.has(item.product?.id)));
  if (bounds.length === 0 && next === undefined) return null;
  return (
    <section className="why" aria-label={t("evidence.why")}>
      <h3>{t("evidence.why")}</h3>
      {bounds.map((bound) => (
        <div key={bound.claims.join()}>
          <p dir="auto"><b>{share(bound.share)}</b> <span className="t2">{[bound.supplier.name, bound.product?.name].filter(Boolean).join(" · ")}</span></p>
          <p className="s12 t2">{t("evidence.low")}: {bound.low_because}</p>
          <p className="s12 t2">{t("evidence.high")}: {bound.high_because}</p>
        </div>
      ))}
      {next && <p className="note"><span><b>{t("evidence.next")}</b> <span dir="auto">{next.text}</span></span></p>}
    </section>
  );
}
