import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "wouter";
import { useAnswer, type Answer } from "../api/ask";
import { Answered } from "../parts/Answered";
import { Icon } from "../parts/Icon";
import { Sentence } from "../parts/Sentence";
import { hops } from "../paths/hops";
import { PathCard } from "../paths/PathCard";
import { avoiding, Setting, withoutIds } from "../paths/Setting";
import "../style/paths.css";

const EXAMPLE = { from: "Изопан Рус", to: "Каустик" };
const MOST = 50;

/** How two are connected: the shortest paths of known links in order, each step explained. */
export default function PathsPage() {
  const { t } = useTranslation();
  const [address] = useSearchParams();
  const [from, to] = [address.get("from") ?? "", address.get("to") ?? ""];
  const isAsked = from !== "" && to !== "";
  const asked = Object.fromEntries(
    ["from", "to", "k", "max_length", "relations", "-relations", "-entity"].map((name) => [name, address.get(name) ?? undefined]),
  );
  const found = useAnswer("/api/v1/paths", asked, { enabled: isAsked });
  return (
    <main id="content" className="wrap paths">
      <h1>{t("nav.paths")}</h1>
      <Setting />
      {isAsked
        ? <Answered query={found} rows={8}>{(answer) => <Found answer={answer} />}</Answered>
        : <Nothing title={from ? "paths.needTo" : to ? "paths.needFrom" : "paths.emptyTitle"} />}
    </main>
  );
}

function Nothing({ title }: { title: "paths.needTo" | "paths.needFrom" | "paths.emptyTitle" }) {
  const { t } = useTranslation();
  const ends = [useFirst(EXAMPLE.from), useFirst(EXAMPLE.to)];
  const [from, to] = ends;
  return (
    <section className="card pad empty">
      <h2>{t(title)}</h2>
      <p className="t2">{t("paths.emptyText")}</p>
      {from && to && <p><Link href={`/paths?from=${from.id}&to=${to.id}`}>{t("paths.example", { from: from.name, to: to.name })}</Link></p>}
    </section>
  );
}

/** The first of that name, if there is one. */
function useFirst(q: string) {
  return useAnswer("/api/v1/entities", { q, limit: 1 }).data?.data.items[0]?.entity;
}

function Found({ answer }: { answer: Answer<"/api/v1/paths"> }) {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const { data, meta } = answer;
  const steps = data.items[0] ? hops(data.items[0]) : [];
  const [start, end] = [steps[0]?.from.id, steps.at(-1)?.to.id];
  const k = Number(address.get("k") ?? 5);
  const avoid = (id: string) => { setAddress((old) => avoiding(old, [...withoutIds(old), id])); };
  return (
    <>
      <section className="card outcome" aria-live="polite" aria-label={t("paths.list")}>
        <Sentence title={t("nav.paths")} answer={answer} />
        {start && end && (
          <p className="pad">
            <Link className="btn" href={`/explorer?focus=${start}&path=${start}~${end}&tab=graph`}><Icon name="graph" />{t("paths.inGraph")}</Link>
          </p>
        )}
        {meta.truncated && <p className="note warn">{t("paths.cut")}</p>}
      </section>
      {data.items.length === 0 ? (
        <section className="card pad empty"><h2>{t("paths.none")}</h2><p className="t2">{t("paths.noneText")}</p></section>
      ) : (
        <ol className="found">
          {data.items.map((path, place) => (
            <li key={path.via.map(({ id }) => id).join() || "direct"}><PathCard path={path} number={place + 1} avoid={avoid} /></li>
          ))}
        </ol>
      )}
      {data.items.length >= k && k < MOST && (
        <p>
          <button
            className="btn tall"
            onClick={() => {
              setAddress((old) => {
                const next = new URLSearchParams(old);
                next.set("k", String(Math.min(MOST, k * 2)));
                return next;
              });
            }}
          >
            {t("paths.more")}
          </button>
        </p>
      )}
    </>
  );
}
