import { useTranslation } from "react-i18next";
import { EntityLink } from "../parts/EntityLink";
import type { Preview } from "./calls";

type Firm = Preview["firms"]["new"]["items"][number];

/** Which firms of the file are new to the graph, whom it knows and by what, and who is only called like one it knows. */
export function FirmsPart({ firms }: { firms: Preview["firms"] }) {
  const { t } = useTranslation();
  const { known, alike } = firms;
  if (firms.new.total + known.total === 0) return null;
  const rest = (total: number, items: readonly Firm[]) => (total > items.length ? ` ${t("upload.firms.more", { count: total - items.length })}` : "");
  return (
    <ul className="firms pad" aria-label={t("upload.firms.title")}>
      {firms.new.total > 0 && (
        <li>
          <b>{t("upload.firms.new", { count: firms.new.total })}</b>: <span dir="auto">{firms.new.items.map(({ name }) => name).join(", ")}</span>{rest(firms.new.total, firms.new.items)}
        </li>
      )}
      {known.total > 0 && (
        <li>
          <b>{t("upload.firms.known", { count: known.total })}</b>: {known.items.map((firm, place) => (
            <span key={place}>{place > 0 && ", "}<Known firm={firm} /> <span className="t2">({t(`upload.firms.by.${firm.by ?? "source"}`)})</span></span>
          ))}{rest(known.total, known.items)}
        </li>
      )}
      {alike.total > 0 && (
        <li>
          {t("upload.firms.alike")} {alike.items.map((firm, place) => <span key={place}>{place > 0 && ", "}<Known firm={firm} /></span>)}{rest(alike.total, alike.items)}
        </li>
      )}
      {firms.compared < firms.new.total && <li className="t2">{t("upload.firms.compared", { count: firms.compared })}</li>}
    </ul>
  );
}

function Known({ firm }: { firm: Firm }) {
  return firm.known === null ? <>{firm.name}</> : <EntityLink entity={firm.known} />;
}
