import { useTranslation } from "react-i18next";
import { Link } from "wouter";

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <main id="content" className="wrap">
      <h1>{t("state.notFound")}</h1>
      <p><Link href="/">{t("state.home")}</Link></p>
    </main>
  );
}
