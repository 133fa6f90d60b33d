import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { useAnswer } from "../api/ask";
import { Answered } from "../parts/Answered";
import { EntityLink } from "../parts/EntityLink";
import { useTerms } from "../words/terms";

const PAGE = 100;

/** Everything that a name, code or type finds, narrowed by facets. */
export default function SearchPage() {
  const { t, i18n } = useTranslation();
  const term = useTerms();
  const [given, setGiven] = useSearchParams();
  const [q, type] = [given.get("q") ?? "", given.get("type") ?? ""];
  const limit = Number(given.get("limit") ?? PAGE);
  const asked = { q, type, limit };
  const isAsked = q !== "" || type !== "";
  const found = useAnswer("/api/v1/entities", asked, { enabled: isAsked });
  const facets = useAnswer("/api/v1/entities", { q, limit: 1 }, { enabled: q !== "" });
  const set = (name: string, value: string) => {
    setGiven((old) => {
      const next = new URLSearchParams(old);
      if (value) next.set(name, value);
      else next.delete(name);
      return next;
    });
  };
  return (
    <main id="content" className="wrap">
      <h1>{t("search.title")}{q && <> · <span dir="auto">{q}</span></>}</h1>
      {!isAsked && <p className="t2">{t("search.empty")}</p>}
      {facets.data && q && (
        <div className="seg facets" role="group" aria-label={t("search.type")}>
          <button className={type ? "" : "on"} aria-pressed={!type} onClick={() => { set("type", ""); }}>
            {t("search.all")} <span className="cnt">{facets.data.data.total}</span>
          </button>
          {Object.entries(facets.data.data.by_type).map(([own, count]) => (
            <button key={own} className={type === own ? "on" : ""} aria-pressed={type === own} onClick={() => { set("type", own); }}>
              {term("types", own)} <span className="cnt">{count}</span>
            </button>
          ))}
        </div>
      )}
      {isAsked && (
        <Answered query={found} rows={8}>
          {({ data }) => data.total === 0 ? (
            <section className="card pad empty"><h2>{t("search.none")}</h2><p>{t("search.noneText")}</p></section>
          ) : (
            <section className="card">
              <header>
                <h2>{t("search.found", { count: data.total })}</h2>
                <span className="grow" />
                <a className="btn" href={`/api/v1/entities?${new URLSearchParams({ q, type, limit: "1000", lang: i18n.language, format: "csv" })}`}>CSV</a>
              </header>
              <ul className="list">
                {data.items.map(({ entity, identifiers, matched }) => (
                  <li key={entity.id}>
                    <EntityLink entity={entity} />
                    <span className="t3 s12">
                      {[term("type", entity.type), entity.place, ...Object.entries(identifiers ?? {}).map(([key, value]) => `${term("field", key)} ${value}`), matched === entity.name ? undefined : matched]
                        .filter(Boolean).join(" · ")}
                    </span>
                  </li>
                ))}
              </ul>
              {data.items.length < data.total && (
                <footer className="pad">
                  <button className="btn" onClick={() => { set("limit", String(Math.min(1000, limit + PAGE * 2))); }}>{t("state.more")}</button>
                  <span className="t2"> {t("state.shown", { shown: data.items.length, total: data.total })}</span>
                </footer>
              )}
            </section>
          )}
        </Answered>
      )}
    </main>
  );
}
