import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { useAnswer } from "../api/ask";
import { AnswerMenu } from "../parts/AnswerMenu";
import { Answered } from "../parts/Answered";
import { EntityLink } from "../parts/EntityLink";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";

const PAGE = 100;
/** By what a list is narrowed beside the type, and where the answer counts the values. */
const FACETS = [
  { parameter: "region", list: "by_region" }, { parameter: "makes", list: "by_product" }, { parameter: "exports_to", list: "by_market" },
] as const;

/** Everything that a name, code or type finds, narrowed by facets. */
export default function SearchPage() {
  const { t } = useTranslation();
  const term = useTerms();
  const { number } = useFigures();
  const [given, setGiven] = useSearchParams();
  const [q, type] = [given.get("q") ?? "", given.get("type") ?? ""];
  const filters = Object.fromEntries(FACETS.map(({ parameter }) => [parameter, given.get(parameter) ?? ""]));
  const limit = Number(given.get("limit") ?? PAGE);
  const isFiltered = Object.values(filters).some((value) => value !== "");
  const isAsked = q !== "" || type !== "" || isFiltered;
  const found = useAnswer("/api/v1/entities", { q, type, limit, facets: true, ...filters }, { enabled: isAsked });
  const untyped = useAnswer("/api/v1/entities", { q, limit: 1, ...filters }, { enabled: isAsked && type !== "" });
  const ofAllTypes = type === "" ? found.data : untyped.data;
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
      {ofAllTypes && (
        <div className="seg facets" role="group" aria-label={t("search.type")}>
          <button className={type ? "" : "on"} aria-pressed={!type} onClick={() => { set("type", ""); }}>
            {t("search.all")} <span className="cnt">{number(ofAllTypes.data.total)}</span>
          </button>
          {Object.entries(ofAllTypes.data.by_type).map(([own, count]) => (
            <button key={own} className={type === own ? "on" : ""} aria-pressed={type === own} onClick={() => { set("type", own); }}>
              {term("types", own)} <span className="cnt">{number(count)}</span>
            </button>
          ))}
        </div>
      )}
      {found.data && (
        <div className="row wrap narrowing" role="group" aria-label={t("search.narrow")}>
          {FACETS.map(({ parameter, list }) => {
            const own = filters[parameter] ?? "";
            const { items: values = [], total = 0 } = found.data.data[list] ?? {};
            if (values.length === 0 && own === "") return null;
            return (
              <label key={parameter} className="row">
                <span className="t2 s12">{t(`search.facet.${parameter}`)}</span>
                <select value={own} onChange={(event) => { set(parameter, event.target.value); }}>
                  <option value="">{t("search.any")}</option>
                  {own !== "" && !values.some(({ entity }) => entity.id === own) && <option value={own}>{own}</option>}
                  {values.map(({ entity, count }) => <option key={entity.id} value={entity.id}>{`${entity.name} · ${number(count)}`}</option>)}
                  {values.length < total && <option disabled>{t("state.shown", { shown: values.length, total })}</option>}
                </select>
              </label>
            );
          })}
          {isFiltered && (
            <button className="src" onClick={() => { setGiven((old) => without(old, FACETS.map(({ parameter }) => parameter))); }}>
              {t("search.unfiltered")}
            </button>
          )}
        </div>
      )}
      {isAsked && (
        <Answered query={found} rows={8}>
          {({ data, links }) => data.total === 0 ? (
            <section className="card pad empty">
              <h2>{t("search.none")}</h2>
              <p>{t(isFiltered ? "search.noneFiltered" : "search.noneText")}</p>
            </section>
          ) : (
            <section className="card">
              <header>
                <h2>{t("search.found", { count: data.total })}</h2>
                <span className="grow" />
                <AnswerMenu title={t("search.title")} links={links} />
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

function without(given: URLSearchParams, names: readonly string[]): URLSearchParams {
  const left = new URLSearchParams(given);
  for (const name of names) left.delete(name);
  return left;
}
