import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { useAnswer } from "../api/ask";
import { useHealth } from "../api/health";
import { useMoment } from "../words/numbers";
import { Icon } from "./Icon";

/** Pages that say by themselves what to do while nothing is loaded. */
const SAY_IT_THEMSELVES = new Set(["/", "/data"]);

/** What holds for the whole page, at most one: the service is away, answers from memory, or has nothing to answer from. */
export function Alarm() {
  const { t } = useTranslation();
  const [path] = useLocation();
  const moment = useMoment();
  const { health, retry } = useHealth();
  const all = useAnswer("/api/v1/entities", { limit: 1 });
  const isEmpty = all.data?.data.total === 0 && !SAY_IT_THEMSELVES.has(path);
  return (
    <div role="status" className="alarm">
      {health.state === "offline" && (
        <div className="banner bad">
          <Icon name="warning" />
          <p className="grow"><b>{t("state.offline")}.</b> {t("state.offlineText")}</p>
          <button className="btn" onClick={retry}>{t("state.retry")}</button>
        </div>
      )}
      {health.state === "stale" && (
        <div className="banner warn">
          <Icon name="clock" />
          <p className="grow">
            <b>{t("state.stale", { time: health.time === null ? "—" : moment(health.time), version: health.version })}</b>{" "}
            {t("state.staleText")}
          </p>
          <button className="btn" onClick={retry}>{t("state.retry")}</button>
        </div>
      )}
      {health.state === "well" && isEmpty && (
        <div className="banner">
          <Icon name="download" />
          <p className="grow"><b>{t("home.emptyTitle")}.</b> {t("state.emptyText")}</p>
          <Link className="btn" href="/data">{t("state.howToLoad")}</Link>
        </div>
      )}
    </div>
  );
}
