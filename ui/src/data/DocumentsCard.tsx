import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useAnswer } from "../api/ask";
import { Answered } from "../parts/Answered";
import { Card } from "../parts/Card";
import { Icon } from "../parts/Icon";
import { More } from "../parts/More";
import { useFigures } from "../words/numbers";

interface Props {
  limit: number;
  setLimit: (limit: number) => void;
  /** Words of titles, and the id of a source, that narrow the list. */
  words: string;
  source: string;
  narrow: (words: string, source: string) => void;
}

/** Every document that claims rest on; its name leads to its text. */
export function DocumentsCard({ limit, setLimit, words, source, narrow }: Props) {
  const { t, i18n } = useTranslation();
  const { number, day } = useFigures();
  const [typed, setTyped] = useState(words);
  const [known, setKnown] = useState(words);
  // The words may change from outside, as by the buttons of the browser: what is typed then follows them.
  if (known !== words) {
    setKnown(words);
    setTyped(words);
  }
  const asked = { ...(words && { q: words }), ...(source && { source }) };
  const found = useAnswer("/api/v1/documents", { ...asked, limit });
  const csv = `/api/v1/documents?${new URLSearchParams({ ...asked, limit: "1000", format: "csv", lang: i18n.language }).toString()}`;
  const submit = (event: SyntheticEvent) => { event.preventDefault(); narrow(typed.trim(), source); };
  const publisher = found.data?.data.items[0]?.publisher;
  return (
    <Card id="documents" title={t("data.documents")} count={found.data?.data.total} side={<a className="btn" href={csv}>CSV</a>}>
      <form className="pad row" role="search" aria-label={t("data.findDocument")} onSubmit={submit}>
        <label className="field grow">
          <span className="hidden">{t("data.words")}</span>
          <input
            type="search" value={typed} placeholder={t("data.words")}
            onChange={(event) => { setTyped(event.target.value); if (event.target.value === "") narrow("", source); }}
          />
        </label>
        <button className="btn">{t("search.go")}</button>
        {source && (
          <button type="button" className="btn" onClick={() => { narrow(words, ""); }}>
            <Icon name="close" /> <span dir="auto">{publisher ?? t("data.source")}</span>
          </button>
        )}
      </form>
      <Answered query={found} rows={8}>
        {({ data, meta }) => (
          <>
            {data.total === 0 ? <p className="pad t2">{t("state.none")}</p> : (
              <table className="tbl fold">
                <thead>
                  <tr>
                    <th scope="col">{t("data.document")}</th><th scope="col">{t("data.day")}</th>
                    <th scope="col">{t("document.text")}</th><th scope="col" className="num">{t("data.claims")}</th>
                  </tr>
                </thead>
                <tbody>
                  {data.items.map((document) => (
                    <tr key={document.id}>
                      <th scope="row">
                        <Link href={`/documents/${encodeURIComponent(document.id)}`} dir="auto">{document.title ?? document.key}</Link>
                        {source === "" && <span className="t3 s12" dir="auto"> {document.publisher}</span>}
                      </th>
                      <td className="nw" data-label={t("data.day")}>
                        {document.published_on ? day(document.published_on) : <span className="t3">{t("evidence.undated")}</span>}
                      </td>
                      <td data-label={t("document.text")}>{document.has_text ? t("data.kept") : <span className="t3">{t("data.notKept")}</span>}</td>
                      <td className="num" data-label={t("data.claims")}>{number(document.claims)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            <More shown={data.items.length} total={data.total} isCut={meta.truncated} limit={limit} setLimit={setLimit} />
          </>
        )}
      </Answered>
    </Card>
  );
}
