import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer, type Question } from "../api/ask";
import { Answered } from "../parts/Answered";
import { AnswerTable } from "../parts/AnswerTable";
import { useTerms } from "../words/terms";

interface Props {
  route: Question;
  title: string;
  id: string;
  /** Asked at once, not only when it is opened. */
  isOpen?: boolean;
}

const FIRST = 10;
const LIMITED = 1000;

/** One question about an entity: its sentence, then the items; asked when it is opened. */
export function QuestionCard({ route, title, id, isOpen = false }: Props) {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(isOpen);
  const [limit, setLimit] = useState(FIRST);
  const takesLimit = !route.startsWith("/api/v1/projects");
  const found = useAnswer(route, takesLimit ? { id, limit } : { id }, { enabled: isAsked });
  return (
    <details className="card question" open={isOpen} onToggle={(event) => { if (event.currentTarget.open) setAsked(true); }}>
      <summary><h2>{title}</h2></summary>
      {isAsked && (
        <Answered query={found}>
          {(answer) => {
            const data = answer.data as unknown as Record<string, unknown>;
            const items = (data.items ?? []) as Record<string, unknown>[];
            const total = typeof data.total === "number" ? data.total : items.length;
            return (
              <>
                <p className="pad sentence">{answer.summary}</p>
                {answer.meta.truncated && <p className="pad t2">{t("state.truncated")}</p>}
                {items.length > 0 && <AnswerTable items={items} />}
                <OtherLists data={data} />
                {items.length < total && (
                  <p className="pad">
                    <button className="btn" onClick={() => { setLimit(Math.min(LIMITED, limit * 5)); }}>{t("state.more")}</button>{" "}
                    <span className="t2">{t("state.shown", { shown: items.length, total })}</span>
                  </p>
                )}
              </>
            );
          }}
        </Answered>
      )}
    </details>
  );
}

/** Lists beside the items, such as stages of a project or links inside a cluster. */
function OtherLists({ data }: { data: Record<string, unknown> }) {
  const term = useTerms();
  return Object.entries(data)
    .filter(([name, list]) => name !== "items" && Array.isArray(list) && list.length > 0 && typeof list[0] === "object" && list[0] !== null && !("type" in list[0]))
    .map(([name, list]) => (
      <section key={name}>
        <h3 className="pad">{term("field", name)}</h3>
        <AnswerTable items={list as Record<string, unknown>[]} />
      </section>
    ));
}
