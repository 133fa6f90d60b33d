import { useTranslation } from "react-i18next";
import { EntityLink } from "../parts/EntityLink";
import { StatusChip } from "../parts/StatusChip";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";
import { filterOf, SIGNS } from "./changes";
import { groupId, isOut } from "./hubs";
import type { Net } from "./net";
import type { Opened } from "./view";

interface Props {
  shown: Net;
  selected: readonly string[];
  onLine: (id: string) => void;
  /** Show the neighbours that are only counted. */
  open: (what: Opened) => void;
}

const MOST_ROWS = 1000;

/** The same links as a table: everything that the picture says, in words. */
export function TableTab({ shown, selected, onLine, open }: Props) {
  const { t } = useTranslation();
  const term = useTerms();
  const { amount } = useFigures();
  const chosen = new Set(selected);
  const rows = shown.edges
    .flatMap((edge) => {
      const [from, to] = [shown.nodes.get(edge.from), shown.nodes.get(edge.to)];
      return from && to ? [{ edge, from, to }] : [];
    })
    .sort((a, b) => a.from.tier - b.from.tier || a.from.entity.name.localeCompare(b.from.entity.name));
  const alone = [...shown.nodes.values()].filter(({ entity }) => !shown.edges.some(({ from, to }) => entity.id === from || entity.id === to));
  return (
    <div className="tablewrap" tabIndex={-1}>
      <table className="tbl fold">
        <caption className="hidden">{t("explorer.table", { count: rows.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("explorer.from")}</th><th scope="col">{t("explorer.relation")}</th>
            <th scope="col">{t("explorer.to")}</th><th scope="col">{t("entity.what")}</th>
            <th scope="col">{t("entity.value")}</th><th scope="col">{t("entity.state")}</th>
            <th scope="col">{t("entity.source")}</th>
            {shown.isCompared && <th scope="col">{t("explorer.kind.change")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map(({ edge, from, to }) => (
            <tr key={edge.id} className={chosen.has(edge.from) || chosen.has(edge.to) ? "sel" : ""}>
              <th scope="row"><EntityLink entity={from.entity} withPlace /></th>
              <td className="t2">{term("relation", edge.relation)}</td>
              <td><EntityLink entity={to.entity} withPlace /></td>
              <td>{edge.products.join(", ")}</td>
              <td className="nw">{edge.amount && amount(edge.amount)}</td>
              <td><StatusChip status={edge.isDisputed ? "disputed" : edge.status} /></td>
              <td>
                <button className="src" onClick={() => { onLine(edge.id); }}>{t("explorer.claims", { count: edge.claims })}</button>
              </td>
              {shown.isCompared && <td className="nw">{edge.change && `${SIGNS[edge.change]} `}{t(`explorer.change.${filterOf(edge.change)}`)}</td>}
            </tr>
          ))}
          {shown.more.map((group) => (
            <tr key={groupId(group)} className={chosen.has(groupId(group)) ? "sel" : ""}>
              <th scope="row"><EntityLink entity={shown.nodes.get(group.id)?.entity ?? { id: group.id, name: group.id, type: "" }} withPlace /></th>
              <td className="t2">{term(isOut(group.relation, group.side) ? "relation" : "relation_in", group.relation)}</td>
              <td colSpan={shown.isCompared ? 6 : 5}>
                {t("explorer.group.more", { count: group.total - group.shown })}{" "}
                <button className="btn" onClick={() => { open({ id: group.id, relation: group.relation, side: group.side }); }}>{t("explorer.show")}</button>
              </td>
            </tr>
          ))}
          {alone.map(({ entity }) => (
            <tr key={entity.id}><th scope="row" colSpan={shown.isCompared ? 8 : 7}><EntityLink entity={entity} withPlace /></th></tr>
          ))}
        </tbody>
      </table>
      {shown.more.map(({ id, relation, side, shown: count, total }) => (
        <p key={`${id} ${relation} ${side}`} className="pad t2">
          {shown.nodes.get(id)?.entity.name}: {term("relation", relation)} · {t("state.shown", { shown: count, total })}
        </p>
      ))}
      {rows.length > MOST_ROWS && <p className="pad t2">{t("state.shown", { shown: MOST_ROWS, total: rows.length })}</p>}
    </div>
  );
}
