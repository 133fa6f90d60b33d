import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useAnswer } from "../api/ask";
import { Answered } from "../parts/Answered";
import { EntityLink } from "../parts/EntityLink";
import { Icon } from "../parts/Icon";
import { StatusChip } from "../parts/StatusChip";
import { FixClaim } from "./FixClaim";
import { WhyWide } from "./WhyWide";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";

export interface Topic {
  title: string;
  claims: readonly string[];
  /** Claims of other sources that say otherwise. */
  rivals?: readonly string[];
  rule?: string | undefined;
}

const Opener = createContext<(topic: Topic) => void>(() => undefined);

const SHOWN = 12;

/** Opens the drawer that says how something is known. */
export function useEvidence(): (topic: Topic) => void {
  return useContext(Opener);
}

/** The drawer beside every page: claims with the words of their source, and who says otherwise. */
export function EvidenceProvider({ children }: { children: ReactNode }) {
  const [topic, setTopic] = useState<Topic | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const open = useCallback((next: Topic) => {
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setTopic(next);
  }, []);
  const close = useCallback(() => {
    setTopic(null);
    opener.current?.focus();
  }, []);
  return (
    <Opener.Provider value={open}>
      {children}
      {topic && <Drawer topic={topic} close={close} />}
    </Opener.Provider>
  );
}

function Drawer({ topic, close }: { topic: Topic; close: () => void }) {
  const { t } = useTranslation();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    panel.current?.focus();
    const leave = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    };
    addEventListener("keydown", leave);
    return () => { removeEventListener("keydown", leave); };
  }, [topic, close]);
  const [own, rivals] = useMemo(
    () => [[...new Set(topic.claims)], [...new Set(topic.rivals ?? [])]],
    [topic],
  );
  return (
    <aside className="drawer" ref={panel} tabIndex={-1} aria-label={t("evidence.title")}>
      <header>
        <div className="grow">
          <p className="t2 s12">{t("evidence.title")}</p>
          <h2 dir="auto">{topic.title}</h2>
        </div>
        <button className="btn ghost ic" aria-label={t("evidence.close")} onClick={close}><Icon name="close" /></button>
      </header>
      <div className="scroll">
        {topic.rule && <p className="note">{topic.rule}</p>}
        <ClaimList ids={own} />
        <WhyWide claims={own} />
        {rivals.length > 0 && (
          <>
            <h3>{t("evidence.rivals")}</h3>
            <ClaimList ids={rivals} />
          </>
        )}
      </div>
    </aside>
  );
}

function ClaimList({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation();
  const [count, setCount] = useState(SHOWN);
  return (
    <>
      {ids.slice(0, count).map((id) => <ClaimNote key={id} id={id} />)}
      {ids.length > count && (
        <button className="btn" onClick={() => { setCount(count + SHOWN); }}>
          {t("state.more")} · {t("state.shown", { shown: count, total: ids.length })}
        </button>
      )}
    </>
  );
}

/** One claim: who says it, when, and in which words. */
function ClaimNote({ id }: { id: string }) {
  const { t } = useTranslation();
  const term = useTerms();
  const { day } = useFigures();
  const found = useAnswer("/api/v1/claims/{id}", { id });
  return (
    <Answered query={found} rows={3}>
      {({ data: { claim, document, quote, note } }) => (
        <article className="claim">
          <p className="row wrap">
            <EntityLink entity={claim.subject} />
            <span className="t2">{term("relation", claim.type)}</span>
            {claim.object && <EntityLink entity={claim.object} />}
            {claim.product && <EntityLink entity={claim.product} />}
          </p>
          <p className="row wrap"><StatusChip status={claim.status} /><Stated stated={claim.stated} /></p>
          {quote ? <blockquote className="quote" dir="auto"><mark>{quote}</mark></blockquote>
            : <p className="t3 s12">{note ?? t("evidence.noQuote")}</p>}
          <p className="s12 t2">
            <Icon name="document" />{" "}
            <Link href={`/documents/${encodeURIComponent(document.id)}?claim=${id}`}>{document.title ?? document.key}</Link>
            {" · "}{document.publisher}{" · "}{term("rank", String(document.rank))}
            {" · "}{document.published_on ? day(document.published_on) : t("evidence.undated")}
          </p>
          <FixClaim claim={claim} />
        </article>
      )}
    </Answered>
  );
}

/** What a claim states beside its ends: amounts, shares, texts. */
export function Stated({ stated }: { stated: Record<string, unknown> }) {
  const { t } = useTranslation();
  const { amount, share } = useFigures();
  const term = useTerms();
  const shown = Object.entries(stated).flatMap(([name, value]): [string, string][] => {
    if (name === "kind" || name === "period" || name === "scope") return [];
    if (Array.isArray(value)) return [[name, share(value as number[])]];
    if (typeof value === "object" && value !== null) return [[name, amount(value as Parameters<typeof amount>[0])]];
    if (typeof value === "boolean") return [[name, t(value ? "value.yes" : "value.no")]];
    return [[name, term("value", String(value))]];
  });
  return (
    <>
      {shown.map(([name, value]) => (
        <span key={name} className="s12"><span className="t3">{term("field", name)}</span> <b>{value}</b></span>
      ))}
    </>
  );
}
