import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useFigures } from "../words/numbers";
import { Card } from "./Card";
import { Icon } from "./Icon";
import { dropView, useSavedViews } from "./savedViews";

/** Views kept in this browser, newest first. */
export function SavedViewsCard() {
  const { t } = useTranslation();
  const { day } = useFigures();
  const views = useSavedViews();
  return (
    <Card title={t("views.title")} count={views.length}>
      {views.length === 0 ? <p className="pad t2">{t("views.none")} <Link href="/explorer">{t("nav.explorer")}</Link></p> : (
        <ul className="list">
          {views.map(({ name, address, savedOn }) => (
            <li key={address}>
              <Link href={address} dir="auto">{name}</Link>
              <span className="t3 s12">{day(savedOn)}</span>
              <span className="grow" />
              <button className="btn ghost ic" aria-label={t("views.drop", { name })} onClick={() => { dropView(address); }}><Icon name="close" /></button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
