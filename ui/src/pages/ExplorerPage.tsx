import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { ask } from "../api/ask";
import { useEvidence } from "../evidence/EvidenceDrawer";
import { tallyChanges } from "../explorer/changes";
import { CertificatePanel } from "../evidence/CertificatePanel";
import { ChangeNote, UndatedNote } from "../explorer/ChangeNote";
import { DetailsPanel } from "../explorer/DetailsPanel";
import { FilterPanel } from "../explorer/FilterPanel";
import { GraphTab } from "../explorer/GraphTab";
import { actOf, type Act } from "../explorer/keys";
import { seen, unopened } from "../explorer/net";
import { groupOf, isOut } from "../explorer/hubs";
import { KeyList } from "../explorer/KeyList";
import { Lonely } from "../explorer/Lonely";
import { MapTab } from "../explorer/MapTab";
import { usePicture } from "../explorer/picture";
import { PathNote } from "../explorer/PathNote";
import type { GraphRenderer } from "../explorer/renderer";
import { Start } from "../explorer/Start";
import { TableTab } from "../explorer/TableTab";
import { TimeBar } from "../explorer/TimeBar";
import { Toolbar } from "../explorer/Toolbar";
import { useExports } from "../explorer/useExports";
import { useNet } from "../explorer/useNet";
import { useView } from "../explorer/useView";
import { toggled, type Opened, type View } from "../explorer/view";
import { next } from "../explorer/walk";
import { ProblemNote } from "../parts/Answered";
import { entityAddress } from "../parts/EntityLink";
import { saveView } from "../parts/savedViews";
import { Late } from "../parts/Waiting";
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
  const { net, answers, pathSaid, pathAlong, query, isWaiting } = useNet(view);
  const [line, setLine] = useState<string>();
  const [round, setRound] = useState(0);
  const [voice, setVoice] = useState("");
  const [news, setNews] = useState<string>();
  const [certified, certify] = useState<string>();
  const [areKeysShown, setKeysShown] = useState(false);
  const renderer = useRef<GraphRenderer>(null);
  const middle = useRef<HTMLDivElement>(null);
  const wasInside = useRef(false);
  /** Who was there before the last opening, except the opener: everybody else is brought into sight when it is there. */
  const before = useRef<ReadonlySet<string>>(undefined);
  const shown = useMemo(() => seen(net, view), [net, view]);
  const settled = useDeferredValue(shown); // a layout of thousands would keep the map and the table waiting
  const picture = usePicture(view.tab === "graph" ? shown : settled, view, round);
  const chosen = view.selected.at(-1);
  const mapped = [...shown.nodes.values()].filter(({ point }) => point !== undefined).length;
  const name = useCallback((id: string | undefined) => net.nodes.get(id ?? "")?.entity.name ?? "", [net]);

  const choose = useCallback((id: string, isAdded = false) => {
    setLine(undefined);
    quietly((old) => ({ ...old, selected: isAdded ? toggled(old.selected, id) : [id] }));
    const node = shown.nodes.get(id);
    const links = shown.edges.filter(({ from, to }) => from === id || to === id);
    const group = groupOf(id, shown);
    if (group) {
      setVoice(t("explorer.group.here", {
        name: shown.nodes.get(group.id)?.entity.name, what: term(isOut(group.relation, group.side) ? "relation" : "relation_in", group.relation),
        more: t("explorer.group.more", { count: group.total - group.shown }),
      }));
    }
    if (node) {
      const changes = shown.isCompared ? tallyChanges({ ...shown, edges: links }) : undefined;
      setVoice([
        t("explorer.here", { name: node.entity.name, type: term("type", node.entity.type), tier: node.tier, count: links.length }),
        changes && t("explorer.change.here", { added: changes.new, ended: changes.ended }),
      ].filter(Boolean).join(", "));
    }
    renderer.current?.reveal(id);
  }, [quietly, shown, t, term]);

  const open = useCallback((what: Opened) => {
    const total = net.nodes.get(what.id)?.relations[what.relation];
    const count = Object.values(total ?? {}).reduce((sum, one) => sum + one, 0);
    before.current = new Set([...shown.nodes.keys()].filter((id) => id !== what.id));
    change((old) => ({ ...old, opened: [...old.opened, what] }), t("explorer.opened", { name: name(what.id), what: term("relation", what.relation), count }));
  }, [change, name, net, shown, t, term]);

  const openGroup = useCallback(({ id, relation, side }: Opened) => {
    open({ id, relation, side });
    quietly((old) => ({ ...old, selected: [id] }));
  }, [open, quietly]);

  const act = useCallback((what: Act) => {
    const group = groupOf(chosen, shown);
    if (group && ["card", "expand"].includes(what)) {
      openGroup(group);
      return;
    }
    if (group && ["collapse", "pin", "hide", "path", "evidence"].includes(what)) return;
    const of = (perform: (old: View, id: string) => View, words: string) => {
      if (chosen !== undefined) change((old) => perform(old, chosen), t(words, { name: name(chosen) }));
    };
    switch (what) {
      case "left": case "right": case "up": case "down": {
        const id = next(chosen, what, picture.cards, picture.lines, picture.layout);
        if (id === undefined) setVoice(t("explorer.edge"));
        else choose(id);
        return;
      }
      case "card": if (chosen !== undefined) go(entityAddress(chosen)); return;
      case "expand": {
        const more = shown.more.find(({ id }) => id === chosen);
        const next: Opened | undefined = more ?? (chosen === undefined ? undefined : unopened(chosen, shown).find(({ seen, total }) => seen < total));
        if (chosen !== undefined && next) open({ id: chosen, relation: next.relation, side: next.side, fan: next.fan });
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
      case "path": {
        const [from, to] = view.selected;
        if (from !== undefined && to !== undefined) change((old) => ({ ...old, path: [from, to] }), t("explorer.pathShown", { from: name(from), to: name(to) }));
        return;
      }
      case "evidence":
        if (chosen !== undefined) {
          void ask("/api/v1/entities/{id}/claims", { id: chosen, limit: MOST_CLAIMS, valid_at: view.validAt, lang: i18n.language })
            .then(({ evidence }) => { openEvidence({ title: name(chosen), claims: evidence.claims }); });
        }
        return;
      case "graph": case "map": case "table":
        wasInside.current = middle.current?.contains(document.activeElement) ?? false;
        quietly((old) => ({ ...old, tab: what })); return;
      case "keys": setKeysShown((old) => !old); return;
      case "back": setLine(undefined); setKeysShown(false); certify(undefined); quietly((old) => ({ ...old, selected: [] })); silence(); return;
    }
  }, [change, choose, chosen, go, i18n, name, net, open, openEvidence, openGroup, picture, quietly, redo, shown, silence, t, undo, view]);

  useEffect(() => {
    const known = before.current;
    if (known === undefined || isWaiting) return;
    before.current = undefined;
    renderer.current?.bringIn(picture.cards.filter(({ id }) => !known.has(id)).map(({ id }) => id));
  }, [picture, isWaiting]);
  useEffect(() => {
    if (pathSaid !== undefined) setVoice(pathSaid);
  }, [pathSaid]);
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

  useEffect(() => {
    // The keys 1, 2 and 3 take away what had the focus: what is there instead gets it.
    if (wasInside.current) focusOn(middle.current);
    wasInside.current = false;
  }, [view.tab]);

  const names = query.data?.data.around.map((one) => one.name).join(", ") ?? "";
  const title = names ? t("explorer.title", { names }) : t("nav.explorer");
  const exports = useExports({
    tab: view.tab, shown, picture, answers, renderer, title, validAt: view.validAt, from: view.from, fail: setNews, certify,
  });
  if (view.focus.length === 0) return <Start begin={(id) => { change((old) => ({ ...old, focus: [id], selected: [id] })); }} />;
  const edge = shown.edges.find(({ id }) => id === line);
  const lone = shown.nodes.size === 1 && !isWaiting ? [...shown.nodes.keys()][0] : undefined;
  const isAside = view.tab !== "table" || edge !== undefined || chosen !== undefined; // a table needs the width
  return (
    <main id="content" className={isAside ? "explorer" : "explorer wide"}>
      <a className="skip" href="#shown" onClick={(event) => { event.preventDefault(); focusOn(middle.current); }}>{t("explorer.skip")}</a>
      <h1 className="hidden">{title}</h1>
      <Toolbar
        tab={view.tab}
        layout={view.layout}
        setLayout={(layout) => { change((old) => (old.layout === layout ? old : { ...old, layout }), t(`explorer.layout.set.${layout}`)); }}
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
      <div id="shown" className="middle" ref={middle} tabIndex={-1} aria-busy={isWaiting}>
        {isWaiting && <Late />}
        {query.isError && <ProblemNote problem={query.error} retry={() => void query.refetch()} />}
        {net.isCut && <p className="note warn">{t("explorer.cut", { count: view.most })}</p>}
        {view.from !== undefined && net.isCompared && <ChangeNote net={net} from={view.from} validAt={view.validAt} />}
        {(view.from !== undefined || view.validAt !== undefined) && <UndatedNote net={shown} />}
        {view.path && pathSaid !== undefined && (
          <PathNote said={pathSaid} between={view.path} along={pathAlong} close={() => { change((old) => ({ ...old, path: undefined }), t("explorer.pathClosed")); }} />
        )}
        {!net.isCut && shown.nodes.size > MANY && <p className="note warn">{t("explorer.many")}</p>}
        {lone !== undefined && <Lonely id={lone} shown={shown} open={open} />}
        {view.tab === "table" && <TableTab shown={shown} selected={view.selected} onLine={setLine} open={open} />}
        {view.tab === "map" && <MapTab shown={shown} title={title} selected={chosen} onSelect={(id) => { choose(id); }} />}
        {view.tab === "graph" && (
          <GraphTab
            picture={picture}
            selected={view.selected}
            line={line}
            renderer={renderer}
            said={voice}
            react={{
              onCard: (id, isAdded) => {
                const group = groupOf(id, shown);
                if (group) openGroup(group);
                else choose(id, isAdded);
              },
              onLine: setLine,
              onNothing: () => { setLine(undefined); quietly((old) => ({ ...old, selected: [] })); },
              onMoved: (id, { x, y }) => { change((old) => ({ ...old, pinned: { ...old.pinned, [id]: [x, y] } }), t("explorer.pinned", { name: name(id) })); },
              onOpen: (id) => { if (shown.nodes.has(id)) go(entityAddress(id)); },
            }}
          />
        )}
        {said !== undefined && (
          <p className="toast" role="status">{said} <button className="src" onClick={undo}>{t("explorer.act.undo")}</button></p>
        )}
        {news !== undefined && <p className="toast" role="status">{news}</p>}
        {areKeysShown && <KeyList />}
        {certified !== undefined && <CertificatePanel link={certified} close={() => { certify(undefined); }} />}
        <TimeBar
          validAt={view.validAt}
          set={(day) => { change((old) => ({ ...old, validAt: day }), t("explorer.daySet")); }}
          from={view.from}
          setFrom={(day) => { change((old) => ({ ...old, from: day }), t(day === undefined ? "explorer.change.stopped" : "explorer.change.set")); }}
        />
      </div>
      {isAside && <DetailsPanel
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
      />}
    </main>
  );
}

/** The widget that is shown takes the focus: the picture, the map or the table. */
function focusOn(middle: HTMLElement | null) {
  (middle?.querySelector<HTMLElement>("[role=application], .tablewrap") ?? middle)?.focus();
}
