import { useTranslation } from "react-i18next";
import { unopened, type Net } from "./net";
import { OpenList } from "./OpenList";
import type { Opened } from "./view";

interface Props {
  id: string;
  shown: Net;
  open: (what: Opened) => void;
}

/** Somebody without a link that is drawn at once, as a region is: what there is instead, or that there is nothing. */
export function Lonely({ id, shown, open }: Props) {
  const { t } = useTranslation();
  const hasMore = unopened(id, shown).length > 0;
  return (
    <section className="lonely card pad" aria-label={t("explorer.lonely.title")}>
      <h2>{t("explorer.lonely.title")}</h2>
      <p className="t2">{t(hasMore ? "explorer.lonely.open" : "explorer.lonely.nothing")}</p>
      <OpenList id={id} shown={shown} open={open} />
    </section>
  );
}
