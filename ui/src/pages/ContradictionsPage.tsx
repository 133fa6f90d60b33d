import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "wouter";
import { useAnswer, type Answer } from "../api/ask";
import { DisputeCard } from "../disputes/DisputeCard";
import { Answered } from "../parts/Answered";
import { EntityLink } from "../parts/EntityLink";
import { Icon } from "../parts/Icon";
import { Sentence } from "../parts/Sentence";
import { SearchBox } from "../parts/SearchBox";
import "../style/disputes.css";

const PAGE = 20;

/** Where sources exclude each other: what was chosen, by which rule, and who says otherwise. */
export default function ContradictionsPage() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const id = address.get("id") ?? "";
  const limit = Number(address.get("limit") ?? PAGE);
  const found = useAnswer("/api/v1/contradictions", { id, limit, cursor: address.get("cursor") ?? undefined });
  return (
    <main id="content" className="wrap disputes">
      <h1>{t("nav.contradictions")}</h1>
      <p className="t2 lead">{t("disputes.lead")}</p>
      <div className="narrow">
        {id ? <Subject id={id} /> : (
          <SearchBox label={t("disputes.about")} onChoose={(entity) => { setAddress({ id: entity.id }); }} />
        )}
      </div>
      <Answered query={found} rows={10}>{(answer) => <Disputes answer={answer} isAboutOne={id !== ""} />}</Answered>
    </main>
  );
}

function Subject({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data, isError } = useAnswer("/api/v1/entities/{id}", { id });
  const entity = isError ? undefined : data?.data.entity;
  return (
    <span className="token">
      <span className="t2">{t("disputes.about")}</span>
      {entity ? <EntityLink entity={entity} /> : <span className="mono">{id}</span>}
      <Link className="btn ghost ic" href="/contradictions" aria-label={t("disputes.everything")}><Icon name="close" /></Link>
    </span>
  );
}

function Disputes({ answer, isAboutOne }: { answer: Answer<"/api/v1/contradictions">; isAboutOne: boolean }) {
  const { t } = useTranslation();
  const { data, evidence, meta, links } = answer;
  const [address] = useSearchParams();
  const documents = new Map(evidence.documents.map((one) => [one.id, one]));
  const first = Number(address.get("cursor") ?? 0) + 1;
  const next = links.next === undefined ? undefined : new URL(links.next, location.origin).searchParams.get("cursor");
  const at = (cursor?: string) => {
    const there = new URLSearchParams(address);
    if (cursor) there.set("cursor", cursor);
    else there.delete("cursor");
    return `/contradictions?${there}`;
  };
  return (
    <>
      <section className="card outcome" aria-live="polite" aria-label={t("nav.contradictions")}>
        <Sentence title={t("nav.contradictions")} answer={answer} />
        {meta.truncated && <p className="note warn">{t("state.truncated")}</p>}
      </section>
      {data.total === 0 ? (
        <section className="card pad empty">
          <h2>{t("disputes.none")}</h2>
          <p className="t2">{t("disputes.noneText")}</p>
          {isAboutOne && <p><Link href="/contradictions">{t("disputes.everything")}</Link></p>}
        </section>
      ) : (
        <>
          <p className="t2 s12">{data.items.find(({ decided }) => decided !== undefined)?.rule}</p>
          <Legend />
          <div className="all">{data.items.map((item) => <DisputeCard key={item.chosen.id} item={item} documents={documents} />)}</div>
          {(next ?? address.has("cursor")) && (
            <nav className="paging" aria-label={t("disputes.range", { first, last: first + data.items.length - 1, total: data.total })}>
              {address.has("cursor") && <Link className="btn tall" href={at()}>{t("disputes.back")}</Link>}
              <span className="t2">{t("disputes.range", { first, last: first + data.items.length - 1, total: data.total })}</span>
              {next && <Link className="btn tall" href={at(next)}>{t("disputes.next")}</Link>}
            </nav>
          )}
        </>
      )}
    </>
  );
}

function Legend() {
  const { t } = useTranslation();
  return (
    <ul className="legend s12 t2" aria-label={t("whatIf.legend")}>
      <li><svg className="scale" viewBox="0 0 14 14" aria-hidden="true"><circle className="chosen" cx="7" cy="7" r="5" /></svg>{t("disputes.legendChosen")}</li>
      <li><svg className="scale" viewBox="0 0 14 14" aria-hidden="true"><path className="rival" d="M7 1.5l5.5 5.5-5.5 5.5-5.5-5.5z" /></svg>{t("disputes.legendRival")}</li>
      <li><svg className="scale" viewBox="0 0 14 14" aria-hidden="true"><path className="span open rival" d="M0 7h14" /></svg>{t("disputes.legendOpen")}</li>
    </ul>
  );
}
