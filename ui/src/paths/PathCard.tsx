import { useTranslation } from "react-i18next";
import { useEvidence } from "../evidence/EvidenceDrawer";
import { Card } from "../parts/Card";
import { EntityLink } from "../parts/EntityLink";
import { StatusChip } from "../parts/StatusChip";
import type { Schemas } from "../api/client";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";
import { hops, type Hop, type Tie } from "./hops";

interface Props {
  path: Schemas["PathItem"];
  number: number;
  /** Ask again without one that lies between the ends. */
  avoid: (id: string) => void;
}

/** One path: who leads to whom, and each step with its ties, their direction, state and evidence. */
export function PathCard({ path, number, avoid }: Props) {
  const { t } = useTranslation();
  const { share } = useFigures();
  const steps = hops(path);
  const first = steps[0];
  if (first === undefined) return null;
  return (
    <Card
      title={t("paths.path", { number })}
      side={<span className="t2 s12">{t("paths.links", { count: path.length })} · {t("paths.confidence", { value: share([path.confidence, path.confidence]) })}</span>}
    >
      <ol className="chain pad">
        <li className="node"><EntityLink entity={first.from} withPlace /></li>
        {steps.map((hop, place) => <HopItem key={hop.step} hop={hop} avoid={place < steps.length - 1 ? avoid : undefined} />)}
      </ol>
    </Card>
  );
}

function HopItem({ hop: { to, ties }, avoid }: { hop: Hop; avoid: ((id: string) => void) | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      {ties.map((tie) => <li key={tie.claims.join()} className="tie"><TieNote tie={tie} /></li>)}
      <li className="node">
        <EntityLink entity={to} withPlace />
        {avoid && (
          <button className="src s12 nw" aria-label={t("paths.avoid", { name: to.name })} onClick={() => { avoid(to.id); }}>
            {t("paths.around")}
          </button>
        )}
      </li>
    </>
  );
}

/** A tie in words, read from the upper end; the arrow shows in which direction a source states it. */
function TieNote({ tie }: { tie: Tie }) {
  const { t } = useTranslation();
  const term = useTerms();
  const open = useEvidence();
  const isForward = tie.direction !== "in";
  const words = term(isForward ? "relation" : "relation_in", tie.relation);
  return (
    <>
      <svg className={isForward ? "way" : "way back"} viewBox="0 0 12 16" aria-hidden="true"><path d="M6 1v13M2 10l4 4 4-4" /></svg>
      <span className="hidden">{tie.from.name}</span>
      <span>{words}</span>
      <span className="hidden">{tie.to.name}</span>
      {tie.product && <EntityLink entity={tie.product} />}
      {tie.what?.map((one) => <span key={one} className="t2">{term("value", one)}</span>)}
      <StatusChip status={tie.status} />
      <button className="src" onClick={() => { open({ title: `${tie.from.name} — ${words} — ${tie.to.name}`, claims: tie.claims }); }}>
        {t("paths.witnesses", { count: tie.witnesses })}
      </button>
    </>
  );
}
