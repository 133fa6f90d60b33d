import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

const SHOWN_AFTER_MS = 200;
const COUNTED_AFTER_S = 2;
const LATE_AFTER_S = 5;

/** Lines of grey in the place of what is on its way. */
export function Strips({ rows, cancel }: { rows: number; cancel?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => { setShown(true); }, SHOWN_AFTER_MS);
    return () => { clearTimeout(timer); };
  }, []);
  return (
    <>
      <Late cancel={cancel} />
      <div role="status" className={shown ? "strips" : "strips vanished"}>
        <span className="hidden">{t("state.loading")}</span>
        {Array.from({ length: rows }, (_, row) => <i key={row} />)}
      </div>
    </>
  );
}

/** How long one waits already, and after a while the way out. */
export function Late({ cancel }: { cancel?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => { setSeconds((old) => old + 1); }, 1000);
    return () => { clearInterval(timer); };
  }, []);
  if (seconds < COUNTED_AFTER_S) return null;
  const isLate = seconds >= LATE_AFTER_S;
  return (
    <div className={isLate ? "note late" : "late t3 s12"}>
      <span className="grow">
        {isLate && <span role="status">{t("state.late")} </span>}
        <span aria-hidden="true" className="nw">{t("state.seconds", { count: seconds })}</span>
      </span>
      {isLate && cancel && <button className="btn" onClick={cancel}>{t("state.cancel")}</button>}
    </div>
  );
}
