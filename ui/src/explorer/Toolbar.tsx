import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../parts/Icon";
import type { Act } from "./keys";
import type { Tab } from "./view";

interface Props {
  tab: Tab;
  counts: Record<Tab, number>;
  can: Partial<Record<Act, boolean>>;
  act: (act: Act) => void;
  /** Keep this view in the browser; put its address on the clipboard. */
  save: () => void;
  copy: () => void;
  exports: readonly { name: string; run: () => void }[];
}

const TABS: [Tab, IconName][] = [["graph", "graph"], ["map", "map"], ["table", "table"]];
const TOOLS: [Act, IconName][] = [
  ["undo", "undo"], ["redo", "redo"], ["expand", "expand"], ["collapse", "collapse"], ["pin", "pin"], ["path", "path"],
  ["layout", "tiers"], ["fit", "fit"], ["out", "minus"], ["in", "plus"],
];
const OF_GRAPH = new Set<Act>(["layout", "fit", "in", "out"]);

/** Tabs over one selection, and what can be done with it; a button that can do nothing now is off. */
export function Toolbar({ tab, counts, can, act, save, copy, exports }: Props) {
  const { t } = useTranslation();
  return (
    <div className="tools" role="toolbar" aria-label={t("explorer.tools")}>
      <div className="seg" role="group" aria-label={t("explorer.tabs")}>
        {TABS.map(([name, icon]) => (
          <button key={name} className={tab === name ? "on" : ""} aria-pressed={tab === name} onClick={() => { act(name); }}>
            <Icon name={icon} />{t(`explorer.tab.${name}`)} <span className="cnt">{counts[name]}</span>
          </button>
        ))}
      </div>
      {TOOLS.filter(([name]) => tab === "graph" || !OF_GRAPH.has(name)).map(([name, icon]) => (
        <button
          key={name}
          className="btn ghost ic"
          aria-label={t(`explorer.act.${name}`)}
          title={t(`explorer.act.${name}`)}
          disabled={can[name] === false}
          onClick={() => { act(name); }}
        >
          <Icon name={icon} />
        </button>
      ))}
      <span className="grow" />
      <button className="btn ghost ic" aria-label={t("views.save")} title={t("views.save")} onClick={save}><Icon name="star" /></button>
      <button className="btn ghost ic" aria-label={t("views.link")} title={t("views.link")} onClick={copy}><Icon name="link" /></button>
      <button className="btn ghost" onClick={() => { act("keys"); }}>{t("explorer.act.keys")}</button>
      <details className="exports">
        <summary className="btn"><Icon name="download" />{t("explorer.export")}</summary>
        <ul className="menu">
          {exports.map(({ name, run }) => (
            <li key={name}><button className="item" onClick={run}>{name}</button></li>
          ))}
        </ul>
      </details>
    </div>
  );
}
