import { useTranslation } from "react-i18next";
import { SearchBox } from "../parts/SearchBox";

/** Where nobody is named yet: whom to begin with. */
export function Start({ begin }: { begin: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <main id="content" className="wrap">
      <h1>{t("explorer.start")}</h1>
      <p className="t2">{t("explorer.startText")}</p>
      <SearchBox label={t("explorer.startLabel")} onChoose={({ id }) => { begin(id); }} />
    </main>
  );
}
