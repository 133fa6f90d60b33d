import { useTranslation } from "react-i18next";
import { KEYS } from "./keys";

/** The keys and what they do. */
export function KeyList() {
  const { t } = useTranslation();
  return (
    <section className="keylist card pad" aria-label={t("explorer.act.keys")}>
      <dl>
        {KEYS.map(([signs, act]) => (
          <div key={act}><dt><kbd className="kbd">{signs}</kbd></dt><dd>{t(`explorer.act.${act}`)}</dd></div>
        ))}
      </dl>
    </section>
  );
}
