import { useEffect } from "react";
import { useTranslation } from "react-i18next";

/** The tab of the browser is called as the page's heading says. */
export function useTitle(): void {
  const { t } = useTranslation();
  useEffect(() => {
    const call = () => {
      const heading = document.querySelector("h1")?.textContent;
      const title = heading ? `${heading} — ${t("name")}` : t("name");
      if (document.title !== title) document.title = title;
    };
    const watch = new MutationObserver(call);
    watch.observe(document.body, { childList: true, subtree: true, characterData: true });
    call();
    return () => { watch.disconnect(); };
  }, [t]);
}
