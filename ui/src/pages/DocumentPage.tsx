import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "wouter";
import { useAnswer } from "../api/ask";
import type { Claim, Schemas } from "../api/client";
import { Stated } from "../evidence/EvidenceDrawer";
import { passages } from "../evidence/passages";
import { Answered } from "../parts/Answered";
import { Card } from "../parts/Card";
import { EntityLink } from "../parts/EntityLink";
import { StatusChip } from "../parts/StatusChip";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";

const CLAIMS = 500;

/** A document: its text with the words on which claims rest, and these claims. */
export default function DocumentPage({ id }: { id: string }) {
  const found = useAnswer("/api/v1/documents/{id}", { id, limit: CLAIMS });
  return (
    <main id="content" className="wrap">
      <Answered query={found} rows={12}>{({ data }) => <Document data={data} />}</Answered>
    </main>
  );
}

function Document({ data }: { data: Schemas["DocumentCard"] }) {
  const { t } = useTranslation();
  const term = useTerms();
  const { day } = useFigures();
  const [given, setGiven] = useSearchParams();
  const chosen = given.get("claim");
  const { document, items, quotes, text, total } = data;
  const choose = (claim: string) => { setGiven({ claim }, { replace: true }); };
  return (
    <>
      <div className="head">
        <div className="grow">
          <h1 dir="auto">{document.title ?? document.key}</h1>
          <p className="meta t2">
            <span>{document.publisher}</span><span>{term("rank", String(document.rank))}</span>
            <span>{document.published_on ? day(document.published_on) : t("evidence.undated")}</span>
            {document.licence && <span>{document.licence}</span>}
            {document.url && <span className="mono">{document.url}</span>}
          </p>
        </div>
      </div>
      <div className="cols">
        <div>
          <Card title={t("document.text")}>
            {text ? <Text text={text} quotes={quotes} chosen={chosen} choose={choose} /> : <p className="pad t2">{t("document.noText")}</p>}
          </Card>
        </div>
        <div>
          <Card title={t("document.claims")} count={total}>
            <ul className="list">
              {items.map((claim) => <ClaimRow key={claim.id} claim={claim} isChosen={claim.id === chosen} choose={choose} quotes={quotes} />)}
            </ul>
            {items.length < total && <p className="pad t2">{t("state.shown", { shown: items.length, total })}</p>}
          </Card>
        </div>
      </div>
    </>
  );
}

interface TextProps {
  text: string;
  quotes: Schemas["QuoteItem"][];
  chosen: string | null;
  choose: (claim: string) => void;
}

/** The text; marked words choose the claim that rests on them, and a chosen claim brings its words into sight. */
function Text({ text, quotes, chosen, choose }: TextProps) {
  const mark = useRef<HTMLElement>(null);
  useEffect(() => { mark.current?.scrollIntoView({ block: "center" }); }, [chosen]);
  return (
    <p className="document pad" dir="auto">
      {passages(text, quotes).map(({ start, words, claims }) => {
        const [first] = claims;
        if (first === undefined || words.trim() === "") return words;
        const isChosen = chosen !== null && claims.includes(chosen);
        return (
          <mark key={start} className={isChosen ? "chosen" : ""} ref={isChosen ? mark : undefined}>
            <Link href={`?claim=${first}`} replace onClick={(event) => { event.preventDefault(); choose(first); }}>{words}</Link>
          </mark>
        );
      })}
    </p>
  );
}

function ClaimRow({ claim, isChosen, choose, quotes }: { claim: Claim; isChosen: boolean; choose: (id: string) => void; quotes: Schemas["QuoteItem"][] }) {
  const { t } = useTranslation();
  const term = useTerms();
  const hasWords = quotes.some((quote) => quote.claim === claim.id);
  return (
    <li className={isChosen ? "sel" : ""} aria-current={isChosen}>
      <EntityLink entity={claim.subject} /> <span className="t2">{term("relation", claim.type)}</span>
      {claim.object && <EntityLink entity={claim.object} />} {claim.product && <EntityLink entity={claim.product} />}
      <Stated stated={claim.stated} />
      <StatusChip status={claim.status} />
      {hasWords && <button className="src" onClick={() => { choose(claim.id); }}>{t("document.words")}</button>}
    </li>
  );
}
