import { useTranslation } from "react-i18next";
import type { Pin } from "./pins";

/** The signs that the map shows at the moment, in words. */
export function Legend({ pins }: { pins: readonly Pin[] }) {
  const { t } = useTranslation();
  const own = pins.filter(({ kind }) => kind !== "centre");
  const signs = [
    own.some(({ kind, precision }) => kind !== "rejected" && precision === "site") && "site",
    own.some(({ kind, precision }) => kind !== "rejected" && precision === "town") && "town",
    own.some(({ kind }) => kind === "possible") && "possible",
    own.some(({ kind }) => kind === "rejected") && "rejected",
  ].filter((sign) => sign !== false);
  return (
    <ul className="legend">
      {signs.map((sign) => (
        <li key={sign}>
          <svg viewBox="0 0 14 14" className={`sign ${sign}`} aria-hidden="true">
            <circle cx="7" cy="7" r="5" />
            {sign === "rejected" && <path d="m5 5 4 4M9 5l-4 4" />}
          </svg>
          {t(`map.sign.${sign}`)}
        </li>
      ))}
      <li className="t3">{t("map.noBorders")}</li>
    </ul>
  );
}
