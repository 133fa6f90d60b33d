import { useTranslation } from "react-i18next";
import { Glyph } from "../parts/Glyph";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";
import { tally, type Kind, type Net } from "./net";
import { END_SHAPES, endOf } from "./patterns";
import { SIZES, type View } from "./view";

interface Props {
  net: Net;
  shown: Net;
  view: View;
  toggle: (name: string) => void;
  setTiers: (side: "upstream" | "downstream", tiers: number) => void;
  setMost: (most: number) => void;
  reset: () => void;
}

const MOST_TIERS = 3;
const KINDS = ["change", "relation", "status", "type"] as const;

/** Filters that are the legend too: each with its sign, its word, and how many of how many are shown. */
export function FilterPanel({ net, shown, view, toggle, setTiers, setMost, reset }: Props) {
  const { t } = useTranslation();
  const term = useTerms();
  const { number } = useFigures();
  const rows = tally(net, shown);
  const left = net.nodes.size - shown.nodes.size;
  return (
    <aside className="left" aria-label={t("explorer.filters")}>
      <section>
        <h2>{t("explorer.depth")}</h2>
        {(["upstream", "downstream"] as const).map((side) => (
          <label key={side} className="row">
            <span className="grow">{t(`explorer.${side}`)}</span>
            <select value={view[side]} onChange={(event) => { setTiers(side, Number(event.target.value)); }}>
              {Array.from({ length: Math.max(MOST_TIERS, view[side]) + 1 }, (_, n) => <option key={n}>{n}</option>)}
            </select>
          </label>
        ))}
        <label className="row">
          <span className="grow">{t("explorer.most")}</span>
          <select value={view.most} onChange={(event) => { setMost(Number(event.target.value)); }}>
            {SIZES.map((size) => <option key={size} value={size}>{number(size)}</option>)}
          </select>
        </label>
      </section>
      {KINDS.filter((kind) => rows.some((row) => row.kind === kind)).map((kind) => (
        <section key={kind}>
          <h2>{t(`explorer.kind.${kind}`)}</h2>
          {rows.filter((row) => row.kind === kind).map(({ name, shown: seen, total }) => (
            <label key={name} className="row">
              <input type="checkbox" checked={!view.off.includes(name)} onChange={() => { toggle(name); }} />
              {kind === "type" ? <Glyph type={name} size={16} /> : <Sample kind={kind} name={name} />}
              <span className="grow ell">{kind === "change" ? t(`explorer.change.${name}`) : term(kind === "type" ? "types" : kind === "status" ? "value" : "relation", name)}</span>
              <span className="t3 s12 nw">{seen === total ? total : t("explorer.of", { seen, total })}</span>
            </label>
          ))}
        </section>
      ))}
      <footer>
        <b>{t("explorer.counts", { nodes: shown.nodes.size, edges: shown.edges.length })}</b>
        {left > 0 && (
          <p>{t("explorer.left", { count: left })} <button className="src" onClick={reset}>{t("explorer.reset")}</button></p>
        )}
      </footer>
    </aside>
  );
}

/** A piece of line as it is drawn. */
function Sample({ kind, name }: { kind: Exclude<Kind, "type">; name: string }) {
  return (
    <svg className={`sample ${kind === "relation" ? "" : name}`} width="22" height="10" aria-hidden="true">
      {(name === "disputed" || name === "link-new") && <path className="outline" d="M1 5H21" />}
      <path d="M1 5H21" />
      {kind === "relation" && <path className="end" transform="translate(11 0)" d={END_SHAPES[endOf(name)]} />}
      {name === "link-new" && <path className="sign" d="M11 1v8M7 5h8" />}
      {name === "link-ended" && <path className="sign" d="m8 2 6 6M14 2l-6 6" />}
    </svg>
  );
}
