import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../parts/Icon";
import { Menu, type MenuItem } from "../parts/Menu";
import type { Act } from "./keys";
import type { Layout, Tab } from "./view";

interface Props {
  tab: Tab;
  layout: Layout;
  setLayout: (layout: Layout) => void;
  counts: Record<Tab, number>;
  can: Partial<Record<Act, boolean>>;
  act: (act: Act) => void;
  /** Keep this view in the browser; put its address on the clipboard. */
  save: () => void;
  copy: () => void;
  exports: readonly MenuItem[];
}

const TABS: [Tab, IconName][] = [["graph", "graph"], ["map", "map"], ["table", "table"]];
const TOOLS: [Act, IconName][] = [
  ["undo", "undo"], ["redo", "redo"], ["expand", "expand"], ["collapse", "collapse"], ["pin", "pin"], ["path", "path"],
  ["layout", "tiers"], ["fit", "fit"], ["out", "minus"], ["in", "plus"],
];
const LAYOUTS: Layout[] = ["tiers", "free"];
const OF_GRAPH = new Set<Act>(["layout", "fit", "in", "out"]);

/** Tabs over one selection, and what can be done with it; a button that can do nothing now is off. */
export function Toolbar({ tab, layout, setLayout, counts, can, act, save, copy, exports }: Props) {
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
      {tab === "graph" && (
        <div className="seg" role="group" aria-label={t("explorer.layout.label")}>
          {LAYOUTS.map((name) => (
            <button key={name} className={layout === name ? "on" : ""} aria-pressed={layout === name} onClick={() => { setLayout(name); }}>
              {t(`explorer.layout.${name}`)}
            </button>
          ))}
        </div>
      )}
      <span className="grow" />
      <button className="btn ghost ic" aria-label={t("views.save")} title={t("views.save")} onClick={save}><Icon name="star" /></button>
      <button className="btn ghost ic" aria-label={t("views.link")} title={t("views.link")} onClick={copy}><Icon name="link" /></button>
      <button className="btn ghost" onClick={() => { act("keys"); }}>{t("explorer.act.keys")}</button>
      <Menu look="btn" head={<><Icon name="download" />{t("explorer.export")}</>} items={exports} />
    </div>
  );
}
