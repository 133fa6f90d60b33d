import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { ask } from "../api/ask";
import { useEvidence } from "../evidence/EvidenceDrawer";
import { DetailsPanel } from "../explorer/DetailsPanel";
import { download, toCsv, toJson } from "../explorer/exports";
import { FilterPanel } from "../explorer/FilterPanel";
import { GraphTab } from "../explorer/GraphTab";
import { actOf, KEYS, type Act } from "../explorer/keys";
import { firstUnopened, seen } from "../explorer/net";
import { MapTab } from "../explorer/MapTab";
import { usePicture } from "../explorer/picture";
import type { GraphRenderer } from "../explorer/renderer";
import { TableTab } from "../explorer/TableTab";
import { TimeBar } from "../explorer/TimeBar";
import { Toolbar } from "../explorer/Toolbar";
import { useNet } from "../explorer/useNet";
import { useView } from "../explorer/useView";
import { toggled, type Opened, type View } from "../explorer/view";
import { next } from "../explorer/walk";
import { ProblemNote } from "../parts/Answered";
import { entityAddress } from "../parts/EntityLink";
import { saveView } from "../parts/savedViews";
import { SearchBox } from "../parts/SearchBox";
import { useTerms } from "../words/terms";
import "../style/explorer.css";

const MANY = 2000;
const NEWS_MS = 4000;
const MOST_CLAIMS = 200;

/** Links as a picture and as a table over one selection; every step can be taken back, and the address holds the view. */
export default function ExplorerPage() {
  const { t, i18n } = useTranslation();
  const term = useTerms();
  const [, go] = useLocation();
  const openEvidence = useEvidence();
  const { view, said, canUndo, canRedo, change, quietly, undo, redo, silence } = useView();
  const { net, query, isWaiting } = useNet(view);
  const [line, setLine] = useState<string>();
  const [round, setRound] = useState(0);
  const [voice, setVoice] = useState("");
  const [news, setNews] = useState<string>();
  const [areKeysShown, setKeysShown] = useState(false);
  const renderer = useRef<GraphRenderer>(null);
  const shown = useMemo(() => seen(net, view), [net, view]);
  const picture = usePicture(shown, view, round);
  const chosen = view.selected.at(-1);
  const mapped = [...shown.nodes.values()].filter(({ point }) => point !== undefined).length;
  const name = useCallback((id: string | undefined) => net.nodes.get(id ?? "")?.entity.name ?? "", [net]);

  const choose = useCallback((id: string, isAdded = false) => {
    setLine(undefined);
    quietly((old) => ({ ...old, selected: isAdded ? toggled(old.selected, id) : [id] }));
    const node = shown.nodes.get(id);
    const links = shown.edges.filter(({ from, to }) => from === id || to === id).length;
    if (node) setVoice(t("explorer.here", { name: node.entity.name, type: term("type", node.entity.type), tier: node.tier, count: links }));
    renderer.current?.reveal(id);
  }, [quietly, shown, t, term]);

  const open = useCallback((what: Opened) => {
    const total = net.nodes.get(what.id)?.relations[what.relation];
    const count = Object.values(total ?? {}).reduce((sum, one) => sum + one, 0);
    change((old) => ({ ...old, opened: [...old.opened, what] }), t("explorer.opened", { name: name(what.id), what: term("relation", what.relation), count }));
  }, [change, name, net, t, term]);

  const act = useCallback((what: Act) => {
    const of = (perform: (old: View, id: string) => View, words: string) => {
      if (chosen !== undefined) change((old) => perform(old, chosen), t(words, { name: name(chosen) }));
    };
    switch (what) {
      case "left": case "right": case "up": case "down": {
        const id = next(chosen, what, picture.cards, picture.lines);
        if (id === undefined) setVoice(t("explorer.edge"));
        else choose(id);
        return;
      }
      case "card": if (chosen !== undefined) go(entityAddress(chosen)); return;
      case "expand": {
        const more = shown.more.find(({ id }) => id === chosen);
        const next = more ?? (chosen === undefined ? undefined : firstUnopened(chosen, net, shown));
        if (chosen !== undefined && next) open({ id: chosen, relation: next.relation, side: next.side });
        else setVoice(t("explorer.allOpen"));
        return;
      }
      case "collapse": of((old, id) => ({ ...old, opened: old.opened.filter((one) => one.id !== id) }), "explorer.collapsed"); return;
      case "pin": {
        const at = picture.cards.find(({ id }) => id === chosen)?.at;
        of((old, id) => {
          const { [id]: pinned, ...rest } = old.pinned;
          return { ...old, pinned: pinned === undefined && at ? { ...rest, [id]: [at.x, at.y] } : rest };
        }, "explorer.pinned");
        return;
      }
      case "hide": of((old, id) => ({ ...old, hidden: [...old.hidden, id], selected: [] }), "explorer.hidden"); return;
      case "layout": setRound((old) => old + 1); renderer.current?.fit(); return;
      case "fit": renderer.current?.fit(); return;
      case "in": renderer.current?.zoomBy(1.25); return;
      case "out": renderer.current?.zoomBy(0.8); return;
      case "undo": undo(); return;
      case "redo": redo(); return;
      case "path": if (view.selected.length === 2) go(`/paths?from=${view.selected[0] ?? ""}&to=${view.selected[1] ?? ""}`); return;
      case "evidence":
        if (chosen !== undefined) {
          void ask("/api/v1/entities/{id}/claims", { id: chosen, limit: MOST_CLAIMS, valid_at: view.validAt, lang: i18n.language })
            .then(({ evidence }) => { openEvidence({ title: name(chosen), claims: evidence.claims }); });
        }
        return;
      case "graph": case "map": case "table": quietly((old) => ({ ...old, tab: what })); return;
      case "keys": setKeysShown((old) => !old); return;
      case "back": setLine(undefined); setKeysShown(false); quietly((old) => ({ ...old, selected: [] })); silence(); return;
    }
  }, [change, choose, chosen, go, i18n, name, net, open, openEvidence, picture, quietly, redo, shown, silence, t, undo, view]);

  useEffect(() => {
    const timer = setTimeout(() => { setNews(undefined); }, NEWS_MS);
    return () => { clearTimeout(timer); };
  }, [news]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const what = actOf(event);
      if (what === undefined) return;
      event.preventDefault();
      act(what);
    };
    addEventListener("keydown", press);
    return () => { removeEventListener("keydown", press); };
  }, [act]);

  if (view.focus.length === 0) return <Start begin={(id) => { change((old) => ({ ...old, focus: [id] })); }} />;
  const names = query.data?.data.around.map((one) => one.name).join(", ") ?? "";
  const edge = shown.edges.find(({ id }) => id === line);
  const exports = [
    { name: "PNG", run: () => { void renderer.current?.png().then((blob) => { download(blob, "zveno.png"); }); } },
    { name: "CSV", run: () => { download(toCsv(shown), "zveno.csv"); } },
    { name: "JSON", run: () => { download(toJson(shown), "zveno.json"); } },
  ].filter(({ name: format }) => format !== "PNG" || view.tab === "graph");
  return (
    <main id="content" className="explorer">
      <h1 className="hidden">{t("explorer.title", { names })}</h1>
      <Toolbar
        tab={view.tab}
        counts={{ graph: shown.nodes.size, map: mapped, table: shown.edges.length }}
        can={{
          undo: canUndo, redo: canRedo, expand: chosen !== undefined, pin: chosen !== undefined, path: view.selected.length === 2,
          collapse: view.opened.some(({ id }) => id === chosen),
        }}
        act={act}
        save={() => {
          saveView({ name: names, address: location.pathname + location.search, savedOn: new Date().toISOString().slice(0, 10) });
          setNews(t("views.saved"));
        }}
        copy={() => {
          void navigator.clipboard.writeText(location.href).then(() => { setNews(t("views.copied")); });
        }}
        exports={exports}
      />
      <FilterPanel
        net={net}
        shown={shown}
        view={view}
        toggle={(what) => { change((old) => ({ ...old, off: toggled(old.off, what) }), t("explorer.filtered")); }}
        setTiers={(side, tiers) => { change((old) => ({ ...old, [side]: tiers }), t("explorer.tiersSet", { count: tiers })); }}
        setMost={(most) => { change((old) => ({ ...old, most }), t("explorer.mostSet", { count: most })); }}
        reset={() => { change((old) => ({ ...old, off: [], hidden: [] }), t("explorer.filtersReset")); }}
      />
      <div className="middle" aria-busy={isWaiting}>
        {query.isError && <ProblemNote problem={query.error} retry={() => void query.refetch()} />}
        {net.isCut && <p className="note warn">{t("explorer.cut", { count: view.most })}</p>}
        {!net.isCut && shown.nodes.size > MANY && <p className="note warn">{t("explorer.many")}</p>}
        {view.tab === "table" && <TableTab shown={shown} selected={view.selected} onLine={setLine} />}
        {view.tab === "map" && <MapTab shown={shown} selected={chosen} onSelect={(id) => { choose(id); }} />}
        {view.tab === "graph" && (
          <GraphTab
            picture={picture}
            selected={view.selected}
            line={line}
            renderer={renderer}
            said={voice}
            react={{
              onCard: choose,
              onLine: setLine,
              onNothing: () => { setLine(undefined); quietly((old) => ({ ...old, selected: [] })); },
              onMoved: (id, { x, y }) => { change((old) => ({ ...old, pinned: { ...old.pinned, [id]: [x, y] } }), t("explorer.pinned", { name: name(id) })); },
              onOpen: (id) => { go(entityAddress(id)); },
            }}
          />
        )}
        {said !== undefined && (
          <p className="toast" role="status">{said} <button className="src" onClick={undo}>{t("explorer.act.undo")}</button></p>
        )}
        {news !== undefined && <p className="toast" role="status">{news}</p>}
        {areKeysShown && <KeyList />}
        <TimeBar validAt={view.validAt} set={(day) => { change((old) => ({ ...old, validAt: day }), t("explorer.daySet")); }} />
      </div>
      <DetailsPanel
        shown={shown}
        selected={view.selected}
        line={edge}
        validAt={view.validAt}
        open={open}
        isPinned={chosen !== undefined && chosen in view.pinned}
        act={(what) => {
          if (what === "focus" && chosen !== undefined) {
            change((old) => ({ ...old, focus: [chosen], opened: [], hidden: [], pinned: {}, selected: [chosen] }), t("explorer.refocused", { name: name(chosen) }));
          } else if (what !== "focus") act(what);
        }}
      />
    </main>
  );
}

function Start({ begin }: { begin: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <main id="content" className="wrap">
      <h1>{t("explorer.start")}</h1>
      <p className="t2">{t("explorer.startText")}</p>
      <SearchBox label={t("explorer.startLabel")} onChoose={({ id }) => { begin(id); }} />
    </main>
  );
}

function KeyList() {
  const { t } = useTranslation();
  return (
    <section className="keylist card pad" aria-label={t("explorer.act.keys")}>
      <dl>
        {KEYS.map(([signs, act]) => (
          <div key={act}><dt><kbd className="kbd">{signs}</kbd></dt><dd>{t(`explorer.act.${act}`)}</dd></div>
        ))}
      </dl>
    </section>
  );
}
