import { useTranslation } from "react-i18next";
import type { Entity } from "../api/client";
import { EntityLink } from "../parts/EntityLink";
import { SearchBox } from "../parts/SearchBox";

interface Props {
  label: string;
  type: string;
  entity: Entity | undefined;
  choose: (entity: Entity | undefined) => void;
}

/** Somebody of the graph: searched for, and once chosen named with a way to choose another. */
export function Chosen({ label, type, entity, choose }: Props) {
  const { t } = useTranslation();
  if (entity === undefined) return <SearchBox label={label} type={type} onChoose={choose} />;
  return (
    <p className="row">
      <span className="t2">{label}</span> <EntityLink entity={entity} />
      <button type="button" className="src" onClick={() => { choose(undefined); }}>{t("fix.other")}</button>
    </p>
  );
}
