import { useTranslation } from "react-i18next";

/** Rows that a list begins with, and the most that the service gives at once. */
const [PAGE, MOST] = [25, 1000];

/** How many rows an address asks for; nonsense asks for the first ones. */
export function limitOf(text: string | null): number {
  const limit = Number(text);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, MOST) : PAGE;
}

/** Under a list that is not whole: how much of it is shown, and a button for more. */
export function More({ shown, total, isCut, limit, setLimit }: { shown: number; total: number; isCut: boolean; limit: number; setLimit: (limit: number) => void }) {
  const { t } = useTranslation();
  if (shown >= total && !isCut) return null;
  return (
    <p className="pad row">
      {limit < MOST && <button className="btn" onClick={() => { setLimit(Math.min(MOST, limit + 2 * PAGE)); }}>{t("state.more")}</button>}
      <span className="t2">{isCut && <>{t("state.truncated")} </>}{t("state.shown", { shown, total })}</span>
    </p>
  );
}
