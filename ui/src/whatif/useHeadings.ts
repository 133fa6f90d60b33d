import { useTranslation } from "react-i18next";
import type { Mark } from "./rounds";

/** What stands over a column of the picture. */
export function useHeadings(): (round: number, first: Mark | undefined) => string {
  const { t } = useTranslation();
  return (round, first) => (round === 0 ? t("whatIf.off") : first?.sign === "part" ? t("whatIf.lose") : t("whatIf.round", { round }));
}
