import { useTranslation } from "react-i18next";
import { useTerms } from "../words/terms";
import { unopened, type Net } from "./net";
import type { Opened } from "./view";

interface Props {
  id: string;
  shown: Net;
  open: (what: Opened) => void;
}

/** What can be opened at an entity, counts first; what is shown whole stands last and says so. */
export function OpenList({ id, shown, open }: Props) {
  const { t } = useTranslation();
  const term = useTerms();
  return (
    <ul>
      {unopened(id, shown).map(({ relation, direction, side, seen, total, fan }) => (
        <li key={`${relation} ${direction}`} className="row">
          <span className="grow">
            {term(direction === "out" ? "relation" : "relation_in", relation)}
            {term("relation", relation) === term("relation_in", relation) && <span className="t3"> {t(`explorer.side.${side}`)}</span>}
          </span>
          <span className="t3 s12 nw">{t("explorer.of", { seen, total })}</span>
          <button className="btn" disabled={seen >= total} onClick={() => { open({ id, relation, side, fan }); }}>{t("explorer.show")}</button>
        </li>
      ))}
    </ul>
  );
}
