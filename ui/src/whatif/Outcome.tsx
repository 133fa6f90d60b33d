import { useTranslation } from "react-i18next";
import type { Answer } from "../api/ask";
import { useFigures } from "../words/numbers";
import type { MenuItem } from "../parts/Menu";
import { Sentence } from "../parts/Sentence";
import { CertaintySign } from "./CertaintySign";

/** The answer first: one sentence, with what is not counted; then how many stop for certain and possibly, and which exports are touched. */
export function Outcome({ answer, pictures }: { answer: Answer<"/api/v1/what-if">; pictures: readonly MenuItem[] }) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const { data, meta } = answer;
  const certain = data.by_certainty.certain ?? 0;
  const possible = data.by_certainty.possible ?? 0;
  return (
    <section className="card outcome" aria-label={t("whatIf.outcome")} aria-live="polite">
      <Sentence title={t("whatIf.outcome")} answer={answer} pictures={pictures} />
      <ul>
        <li><CertaintySign sign="certain" /><b>{number(certain)}</b> {t("whatIf.certainCount", { count: certain })}</li>
        <li><CertaintySign sign="possible" /><b>{number(possible)}</b> {t("whatIf.possibleCount", { count: possible })}</li>
        <li><CertaintySign sign="part" /><b>{number(data.exports_total)}</b> {t("whatIf.exportCount", { count: data.exports_total })}</li>
      </ul>
      {meta.truncated && <p className="note warn">{t("state.truncated")}</p>}
    </section>
  );
}
