import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../parts/Icon";
import { useFigures } from "../words/numbers";

interface Props {
  validAt: string | undefined;
  set: (day: string | undefined) => void;
  /** The other day that is compared with. */
  from: string | undefined;
  setFrom: (day: string | undefined) => void;
}

const FIRST_YEAR = 2000;
const DAY = 86_400_000;

/** The day at which the picture is true: a slider over the years, a field for the very day. */
export function TimeBar({ validAt, set, from, setFrom }: Props) {
  const { t } = useTranslation();
  const { day } = useFigures();
  const [first, last] = [Date.UTC(FIRST_YEAR, 0, 1), Math.floor(Date.now() / DAY) * DAY];
  const own = validAt === undefined ? last : Math.max(first, Math.min(last, Date.parse(validAt)));
  const [moved, move] = useState(own);
  useEffect(() => { move(own); }, [own]);
  const iso = (time: number) => new Date(time).toISOString().slice(0, 10);
  const settle = () => { if (moved !== own) set(moved >= last ? undefined : iso(moved)); };
  return (
    <div className="time">
      <label>
        <span className="t2 s12">{t("explorer.validAt")}</span>{" "}
        <input
          type="date"
          value={iso(moved)}
          min={iso(first)}
          onChange={(event) => { if (event.target.value) set(event.target.value >= iso(last) ? undefined : event.target.value); }}
        />
      </label>
      <input
        type="range"
        aria-label={t("explorer.validAt")}
        aria-valuetext={day(iso(moved))}
        min={first}
        max={last}
        step={DAY}
        value={moved}
        onChange={(event) => { move(Number(event.target.value)); }}
        onPointerUp={settle}
        onKeyUp={settle}
        onBlur={settle}
      />
      <button className="btn" disabled={validAt === undefined} onClick={() => { set(undefined); }}>{t("explorer.today")}</button>
      <label>
        <span className="t2 s12">{t("explorer.change.with")}</span>{" "}
        <input type="date" value={from ?? ""} min={iso(first)} onChange={(event) => { setFrom(event.target.value || undefined); }} />
      </label>
      {from !== undefined && (
        <button className="btn ghost ic" aria-label={t("explorer.change.stop")} title={t("explorer.change.stop")} onClick={() => { setFrom(undefined); }}>
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
