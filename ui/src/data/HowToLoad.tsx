import { useTranslation } from "react-i18next";

/** What to type into a terminal while nothing is loaded. */
export function HowToLoad() {
  const { t } = useTranslation();
  return (
    <div className="empty">
      <h3><b>{t("data.emptyTitle")}</b></h3>
      <p>{t("data.emptyText")}</p>
      <pre>zveno load demo</pre>
      <p>{t("data.emptyTable")}</p>
      <pre>zveno load table firms.xlsx --guess</pre>
    </div>
  );
}
