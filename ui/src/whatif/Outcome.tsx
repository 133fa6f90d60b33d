import { useTranslation } from "react-i18next";
import type { Answer } from "../api/ask";
import { useFigures } from "../words/numbers";
import { CertaintySign } from "./CertaintySign";

/** The answer first: one sentence, with what is not counted; then how many stop for certain and possibly, and which exports are touched. */
export function Outcome({ answer: { summary, data, meta } }: { answer: Answer<"/api/v1/what-if"> }) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const certain = data.by_certainty.certain ?? 0;
  const possible = data.by_certainty.possible ?? 0;
  return (
    <section className="card outcome" aria-label={t("whatIf.outcome")} aria-live="polite">
      <p className="sentence">{summary}</p>
      <ul>
        <li><CertaintySign sign="certain" /><b>{number(certain)}</b> {t("whatIf.certainCount", { count: certain })}</li>
        <li><CertaintySign sign="possible" /><b>{number(possible)}</b> {t("whatIf.possibleCount", { count: possible })}</li>
        <li><CertaintySign sign="part" /><b>{number(data.exports_total)}</b> {t("whatIf.exportCount", { count: data.exports_total })}</li>
      </ul>
      {meta.truncated && <p className="note warn">{t("state.truncated")}</p>}
    </section>
  );
}
