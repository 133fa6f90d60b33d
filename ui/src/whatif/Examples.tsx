import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useAnswer } from "../api/ask";
import { TYPES } from "./switches";

const EXAMPLES = [
  { q: "Волгабас Волжский", kind: "off", name: "certain" },
  { q: "Праксайр Волгоград", kind: "off", name: "possible" },
  { q: "Казахстан", kind: "close_market", name: "market" },
] as const;

/** What may be asked here, before anything is; examples are shown where the graph has them. */
export function Examples() {
  const { t } = useTranslation();
  return (
    <section className="card pad empty">
      <h2>{t("whatIf.emptyTitle")}</h2>
      <p className="t2">{t("whatIf.emptyText")}</p>
      <ul className="examples">{EXAMPLES.map((one) => <Example key={one.name} {...one} />)}</ul>
    </section>
  );
}

function Example({ q, kind, name }: (typeof EXAMPLES)[number]) {
  const { t } = useTranslation();
  const found = useAnswer("/api/v1/entities", { q, limit: 5 });
  const entity = found.data?.data.items.find((one) => TYPES[kind].split(",").includes(one.entity.type))?.entity;
  if (entity === undefined) return null;
  return (
    <li>
      <Link href={`/what-if?${kind}=${entity.id}`}>{t(`whatIf.examples.${name}`)}</Link>
      <p className="t2 s12">{t(`whatIf.examplesText.${name}`)}</p>
    </li>
  );
}
