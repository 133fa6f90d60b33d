import { useTranslation } from "react-i18next";
import { useFigures } from "../words/numbers";
import { tallyChanges } from "./changes";
import type { Net } from "./net";

/** On another day than today, or between two: what no source dates is there all the same, and that is said. */
export function UndatedNote({ net }: { net: Net }) {
  const { t } = useTranslation();
  const count = net.edges.filter(({ isUndated }) => isUndated).length;
  return count === 0 ? null : <p className="saying t2" role="status">{t("explorer.undated", { count, total: net.edges.length })}</p>;
}

/** What changed between the two days, in a sentence. */
export function ChangeNote({ net, from, validAt }: { net: Net; from: string; validAt: string | undefined }) {
  const { t } = useTranslation();
  const { day } = useFigures();
  const [first, last] = [from, validAt ?? new Date().toISOString().slice(0, 10)].sort();
  const { new: added, ended } = tallyChanges(net);
  return (
    <p className="saying" role="status">
      {t("explorer.change.note", {
        added: t("explorer.change.added", { count: added }), ended: t("explorer.change.gone", { count: ended }),
        first: day(first ?? ""), last: day(last ?? ""),
      })}
    </p>
  );
}
