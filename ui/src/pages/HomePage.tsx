import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useAnswer } from "../api/ask";
import { Answered } from "../parts/Answered";
import { Bar } from "../parts/Bar";
import { Card } from "../parts/Card";
import { EntityLink } from "../parts/EntityLink";
import { Examples } from "../parts/Examples";
import { Glyph } from "../parts/Glyph";
import { SavedViewsCard } from "../parts/SavedViewsCard";
import { SearchBox } from "../parts/SearchBox";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";

/** What is in the graph, how fresh and how complete it is, and where to begin. */
export default function HomePage() {
  const { t } = useTranslation();
  const quality = useAnswer("/api/v1/quality", {});
  return (
    <main id="content">
      <div className="hero">
        <div className="wrap">
          <h1>{t("home.ask")}</h1>
          <SearchBox isBig hasKey />
          <Examples />
        </div>
      </div>
      <div className="wrap">
        <Answered query={quality} rows={6}>
          {({ data }) => (data.documents === 0 ? <EmptyGraph /> : <Overview data={data} />)}
        </Answered>
      </div>
    </main>
  );
}

function EmptyGraph() {
  const { t } = useTranslation();
  return (
    <section className="card pad empty">
      <h2>{t("home.emptyTitle")}</h2>
      <p>{t("home.emptyText")}</p>
    </section>
  );
}

/** How many times sources exclude each other, and what the first of it is about. */
function DisputesCard() {
  const { t } = useTranslation();
  const term = useTerms();
  const found = useAnswer("/api/v1/contradictions", { limit: 3 });
  return (
    <Card title={t("nav.contradictions")} count={found.data?.data.total} side={<Link className="btn" href="/contradictions">{t("home.compare")}</Link>}>
      <Answered query={found} rows={2}>
        {({ data, summary }) => data.total === 0 ? <p className="pad t2">{summary}</p> : (
          <ul className="list">
            {data.items.map(({ chosen, subject, kind, type }) => (
              <li key={chosen.id}>
                <EntityLink entity={subject} />
                <span className="t2">{kind ? term("value", kind) : term("relation", type)}</span>
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </Card>
  );
}

type Quality = import("../api/client").Schemas["QualityReport"];

function Overview({ data }: { data: Quality }) {
  const { t } = useTranslation();
  const term = useTerms();
  const { number } = useFigures();
  const freshness = Object.entries(data.freshness);
  const seen = freshness.reduce((sum, [, count]) => sum + count, 0);
  const gaps = data.gaps as { what: string; missing: number; of: number }[];
  return (
    <>
      <ul className="counts card" aria-label={t("home.inGraph")}>
        {Object.entries(data.entities).sort(([, a], [, b]) => b - a).map(([type, count]) => (
          <li key={type}>
            <Link href={`/search?type=${type}`}>
              <Glyph type={type} size={24} />
              <span><b>{number(count)}</b><span className="t2 s12">{term("types", type)}</span></span>
            </Link>
          </li>
        ))}
        <li>
          <span>
            <Glyph type="Document" size={24} />
            <span><b>{number(data.documents)}</b><span className="t2 s12">{t("home.documents")}</span></span>
          </span>
        </li>
      </ul>
      <div className="cols even">
        <SavedViewsCard />
        <DisputesCard />
      </div>
      <div className="cols even">
        <Card title={t("home.freshness")} side={<span className="t3 s12">{t("home.freshnessHint")}</span>}>
          <ul className="bars">
            {freshness.map(([age, count]) => (
              <li key={age}><span>{term("value", age)}</span><Bar part={count / seen} /><b>{number(count)}</b></li>
            ))}
          </ul>
        </Card>
        <Card title={t("home.gaps")}>
          <ul className="bars wide">
            {gaps.map(({ what, missing, of }) => (
              <li key={what}>
                <span>{term("value", what)}</span><Bar part={missing / of} />
                <span><b>{number(missing)}</b> <span className="t3">/ {number(of)}</span></span>
              </li>
            ))}
          </ul>
        </Card>
      </div>
    </>
  );
}
