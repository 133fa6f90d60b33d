import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { ask } from "../api/ask";
import { useEvidence } from "../evidence/EvidenceDrawer";
import { ACTORS } from "../parts/drawing";
import { entityAddress, EntityLink } from "../parts/EntityLink";
import { Glyph } from "../parts/Glyph";
import { Icon } from "../parts/Icon";
import { StatusChip } from "../parts/StatusChip";
import { counted, useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";
import { filterOf, SIGNS } from "./changes";
import type { Edge, Net, Node } from "./net";
import { NodeFacts } from "./NodeFacts";
import { OpenList } from "./OpenList";
import { pathsAddress } from "./PathNote";
import type { Opened } from "./view";

interface Props {
  shown: Net;
  selected: readonly string[];
  line: Edge | undefined;
  validAt: string | undefined;
  open: (what: Opened) => void;
  act: (name: "collapse" | "pin" | "hide" | "focus" | "path") => void;
  isPinned: boolean;
}

/** What is chosen: an entity with what can be opened, counts first; or a link with its claims. */
export function DetailsPanel(props: Props) {
  const { t } = useTranslation();
  const { shown, selected, line } = props;
  const node = shown.nodes.get(selected.at(-1) ?? "");
  return (
    <aside className="right" aria-label={t("explorer.details")}>
      {line ? <LineDetails edge={line} {...props} /> : node ? <NodeDetails node={node} {...props} /> : (
        <p className="pad t2">{t("explorer.choose")}</p>
      )}
    </aside>
  );
}

function NodeDetails({ node, open, act, isPinned, selected, shown, validAt }: Props & { node: Node }) {
  const { t } = useTranslation();
  const term = useTerms();
  const { entity, count } = node;
  return (
    <>
      <header>
        <Glyph type={entity.type} size={34} />
        <div className="grow">
          <h2 dir="auto">{entity.name}</h2>
          <p className="t2 s12">{[term("type", entity.type), entity.place, count && counted(count)].filter(Boolean).join(" · ")}</p>
        </div>
      </header>
      <div className="acts pad">
        <Link className="btn pri" href={entityAddress(entity.id)}>{t("explorer.card")}</Link>
        {ACTORS.includes(entity.type) && (
          <Link className="btn" href={`/what-if?off=${encodeURIComponent(entity.id)}`}><Icon name="power" />{t("entity.whatIf")}</Link>
        )}
        {ACTORS.includes(entity.type) && (
          <Link className="btn" href={`/partners?id=${encodeURIComponent(entity.id)}`}><Icon name="near" />{t("entity.nearby")}</Link>
        )}
        <button className="btn" onClick={() => { act("focus"); }}>{t("explorer.refocus")}</button>
        <button className="btn" aria-pressed={isPinned} onClick={() => { act("pin"); }}><Icon name="pin" />{t(isPinned ? "explorer.unpin" : "explorer.pin")}</button>
        <button className="btn" onClick={() => { act("hide"); }}>{t("explorer.hide")}</button>
        {selected.length === 2 && <button className="btn" onClick={() => { act("path"); }}><Icon name="path" />{t("explorer.path")}</button>}
        {selected.length === 2 && <Link className="btn" href={pathsAddress([selected[0] ?? "", selected[1] ?? ""])}>{t("explorer.allPaths")}</Link>}
      </div>
      <NodeFacts id={entity.id} validAt={validAt} />
      <section className="pad">
        <h3>{t("explorer.expand")}</h3>
        <OpenList id={entity.id} shown={shown} open={open} />
      </section>
    </>
  );
}

function LineDetails({ edge, shown, validAt }: Props & { edge: Edge }) {
  const { t, i18n } = useTranslation();
  const term = useTerms();
  const { amount } = useFigures();
  const openEvidence = useEvidence();
  const [from, to] = [shown.nodes.get(edge.from), shown.nodes.get(edge.to)];
  const at = shown.isCompared ? edge.seenAt : validAt;
  const claims = useQuery({
    queryKey: ["claims of a link", edge.id, at, i18n.language],
    queryFn: async ({ signal }) => {
      const given = { id: `${edge.from},${edge.to}`, upstream: 0, downstream: 0, relation: edge.relation, valid_at: at, lang: i18n.language };
      return (await ask("/api/v1/network", given, signal)).evidence.claims;
    },
  });
  return (
    <>
      <header>
        <div className="grow">
          <h2>{term("relation", edge.relation)}</h2>
          <p>{from && <EntityLink entity={from.entity} withPlace />}</p>
          <p>{to && <EntityLink entity={to.entity} withPlace />}</p>
        </div>
      </header>
      <div className="pad part">
        <p className="row wrap">
          <StatusChip status={edge.isDisputed ? "disputed" : edge.status} />
          {edge.amount && <b>{amount(edge.amount)}</b>}
          <span>{edge.products.join(", ")}</span>
          {edge.change && <b>{SIGNS[edge.change]} {t(`explorer.change.${filterOf(edge.change)}`)}</b>}
        </p>
        <button
          className="btn"
          disabled={!claims.data}
          onClick={() => {
            openEvidence({ title: `${from?.entity.name ?? ""} → ${to?.entity.name ?? ""}`, claims: claims.data ?? [] });
          }}
        >
          <Icon name="document" />{t("explorer.claims", { count: edge.claims })}
        </button>
      </div>
    </>
  );
}
