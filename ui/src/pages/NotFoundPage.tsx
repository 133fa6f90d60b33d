import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { SearchBox } from "../parts/SearchBox";

/** An address that no page has: what was asked for, and the ways on. */
export function NotFoundPage() {
  const { t } = useTranslation();
  const [path] = useLocation();
  return (
    <main id="content" className="wrap lost">
      <h1>{t("notFound.title")}</h1>
      <p className="t2">{t("notFound.text", { path })}</p>
      <SearchBox label={t("notFound.search")} />
      <p><Link href="/">{t("state.home")}</Link></p>
    </main>
  );
}
