import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer, type Question } from "../api/ask";
import type { Entity } from "../api/client";
import { Answered } from "../parts/Answered";
import { AnswerTable } from "../parts/AnswerTable";
import { Sentence } from "../parts/Sentence";
import { useTerms } from "../words/terms";
import { chartsOf, isDrawn } from "./charts";
import { Charts } from "./ShareChart";

interface Props {
  route: Question;
  title: string;
  id: string;
  /** Asked at once, not only when it is opened. */
  isOpen?: boolean;
  /** So many lines it will take up, about. */
  rows?: number | undefined;
}

const FIRST = 10;
/** A chart is of all of it. */
const FIRST_DRAWN = 100;
const LIMITED = 1000;

/** One question about an entity: its sentence, then the items; asked when it is opened. */
export function QuestionCard({ route, title, id, isOpen = false, rows = 4 }: Props) {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(isOpen);
  const [limit, setLimit] = useState(isDrawn(route) ? FIRST_DRAWN : FIRST);
  const takesLimit = !route.startsWith("/api/v1/projects");
  const found = useAnswer(route, takesLimit ? { id, limit } : { id }, { enabled: isAsked });
  return (
    <details className="card question" open={isOpen} onToggle={(event) => { if (event.currentTarget.open) setAsked(true); }}>
      <summary><h2>{title}</h2></summary>
      {isAsked && (
        <Answered query={found} rows={rows}>
          {(answer) => {
            const data = answer.data as unknown as Record<string, unknown>;
            const items = (data.items ?? []) as Record<string, unknown>[];
            const total = typeof data.total === "number" ? data.total : items.length;
            const charts = chartsOf(route, data);
            return (
              <>
                <Sentence title={title} answer={answer} />
                {answer.meta.truncated && <p className="pad t2">{t("state.truncated")}</p>}
                {charts && <Charts charts={charts} />}
                <Folded isFolded={charts !== undefined && charts.length > 0}>
                  {items.length > 0 && <AnswerTable items={items} />}
                  <OtherLists data={data} />
                  {items.length < total && (
                    <p className="pad">
                      {limit < LIMITED && <button className="btn" onClick={() => { setLimit(Math.min(LIMITED, limit * 5)); }}>{t("state.more")}</button>}{" "}
                      <span className="t2">{t("state.shown", { shown: items.length, total })}</span>
                    </p>
                  )}
                </Folded>
              </>
            );
          }}
        </Answered>
      )}
    </details>
  );
}

/** The same in words and in full, below a chart that says it at a glance. */
function Folded({ isFolded, children }: { isFolded: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  if (!isFolded) return <>{children}</>;
  return (
    <details className="fold">
      <summary className="pad">{t("chart.table")}</summary>
      {children}
    </details>
  );
}

/** Lists beside the items, such as stages of a project or links inside a cluster. */
function OtherLists({ data }: { data: Record<string, unknown> }) {
  const term = useTerms();
  return Object.entries(data)
    .map(([name, list]): [string, unknown] => [name, name === "other_makers" ? (list as Entity[]).map((entity) => ({ entity })) : list])
    .filter(([name, list]) => name !== "items" && Array.isArray(list) && list.length > 0 && isRow(list[0]))
    .map(([name, list]) => (
      <section key={name}>
        <h3 className="pad">{term("field", name)}</h3>
        <AnswerTable items={list as Record<string, unknown>[]} />
      </section>
    ));
}

/** Neither an entity by itself nor a figure with its rivals, which stands among the facts. */
function isRow(item: unknown): boolean {
  return typeof item === "object" && item !== null && !("type" in item) && !("chosen" in item);
}
