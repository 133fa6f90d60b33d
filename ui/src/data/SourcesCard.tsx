import { useTranslation } from "react-i18next";
import { useAnswer } from "../api/ask";
import { Answered } from "../parts/Answered";
import { Bar } from "../parts/Bar";
import { Card } from "../parts/Card";
import { More } from "../parts/More";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";

interface Props {
  limit: number;
  setLimit: (limit: number) => void;
  /** Show the documents of a source, by its id. */
  openDocuments: (source: string) => void;
}

/** Who the claims come from: rank, documents, claims, how new. */
export function SourcesCard({ limit, setLimit, openDocuments }: Props) {
  const { t, i18n } = useTranslation();
  const term = useTerms();
  const { number, day } = useFigures();
  const found = useAnswer("/api/v1/sources", { limit });
  const csv = <a className="btn" href={`/api/v1/sources?limit=1000&format=csv&lang=${i18n.language}`}>CSV</a>;
  return (
    <Card title={t("data.sources")} count={found.data?.data.total} side={csv}>
      <Answered query={found} rows={8}>
        {({ data, meta }) => {
          const most = Math.max(1, ...data.items.map(({ claims }) => claims));
          return (
            <>
              {data.total === 0 ? <p className="pad t2">{t("state.none")}</p> : (
                <table className="tbl fold sources">
                  <thead>
                    <tr>
                      <th scope="col">{t("data.source")}</th><th scope="col">{t("data.rank")}</th>
                      <th scope="col" className="num">{t("data.documents")}</th><th scope="col" className="num">{t("data.claims")}</th>
                      <th scope="col">{t("data.published")}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.items.map((source) => (
                      <tr key={source.id}>
                        <th scope="row">
                          <span dir="auto">{source.name}</span>
                          {source.licence && <span className="t3 s12"> {source.licence}</span>}
                        </th>
                        <td data-label={t("data.rank")}>{source.rank} <span className="t2">{term("rank", String(source.rank))}</span></td>
                        <td className="num" data-label={t("data.documents")}>
                          <button className="src" aria-label={t("data.documentsOf", { name: source.name })} onClick={() => { openDocuments(source.id); }}>{number(source.documents)}</button>
                        </td>
                        <td className="num" data-label={t("data.claims")}>{number(source.claims)}<Bar part={source.claims / most} /></td>
                        <td className="nw" data-label={t("data.published")}>
                          {source.last_published ? day(source.last_published) : <span className="t3">{t("evidence.undated")}</span>}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
              <More shown={data.items.length} total={data.total} isCut={meta.truncated} limit={limit} setLimit={setLimit} />
            </>
          );
        }}
      </Answered>
    </Card>
  );
}
