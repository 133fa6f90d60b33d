/** The picture by Cytoscape.js: it draws cards and lines, pans, zooms and finds what is clicked. */
import cytoscape, { type Core, type ElementDefinition, type EventObject, type NodeCollection, type NodeSingular, type StylesheetJson } from "cytoscape";
import { pngOf } from "../parts/files";
import { drawBand, drawCards, drawColumns, type Sight } from "./cards";
import { curve, lanes, quadratics } from "./curves";
import { Glyphs } from "./glyphs";
import { DASHES, ENDED, FAINT } from "./patterns";
import type { Card, Column, GraphRenderer, Line, Picture, Reactions } from "./renderer";
import { CARD, type Placed } from "./tiers";

const ENDS = { arrow: "triangle", circle: "circle", bar: "tee", diamond: "diamond" } as const;
const WIDEST_MARGIN = 40;
const LARGEST = 1.25;
/** Below this zoom nobody reads a name, so no picture opens so small. */
const READABLE = 0.45;
const MOVE_MS = 220;
const LABELS_UP_TO = 120;

/** Cytoscape writes one rule into a style element, which the Content-Security-Policy refuses, unless this id exists. */
const STYLE_ID = "__________cytoscape_stylesheet";

export class CytoscapeRenderer implements GraphRenderer {
  private readonly cy: Core;
  private readonly overlay: HTMLCanvasElement;
  private readonly underlay: HTMLCanvasElement;
  private readonly glyphs = new Glyphs();
  private readonly colours = new Map<string, string>();
  private readonly sizes: ResizeObserver;
  private cards: readonly Card[] = [];
  private columns: readonly Column[] = [];
  private aside = new Map<string, number>();
  private drawn = 0;
  private inSight = -1;

  constructor(private readonly box: HTMLElement, private readonly react: Reactions) {
    if (document.getElementById(STYLE_ID) === null) {
      const stand = document.createElement("template");
      stand.id = STYLE_ID;
      document.head.append(stand);
    }
    this.cy = cytoscape({
      container: box, style: [], minZoom: 0.08, maxZoom: 2.5, boxSelectionEnabled: false, autoungrabify: false,
      selectionType: "single", hideEdgesOnViewport: false, textureOnViewport: false, pixelRatio: "auto",
    });
    this.underlay = document.createElement("canvas");
    this.underlay.className = "underlay";
    box.prepend(this.underlay);
    this.overlay = document.createElement("canvas");
    this.overlay.className = "overlay";
    box.append(this.overlay);
    this.cy.on("render", () => { this.draw(); });
    this.cy.on("tap", (event: EventObject) => {
      if (event.target === this.cy) react.onNothing();
      else if ((event.target as NodeSingular).isNode()) react.onCard((event.target as NodeSingular).id(), isAdding(event));
      else react.onLine((event.target as NodeSingular).id());
    });
    this.cy.on("dbltap", "node", (event: EventObject) => { react.onOpen((event.target as NodeSingular).id()); });
    this.cy.on("dragfree", "node", (event: EventObject) => {
      const node = event.target as NodeSingular;
      react.onMoved(node.id(), { ...node.position() });
    });
    this.cy.on("mouseover", "node", (event: EventObject) => {
      const { id } = (event.target as NodeSingular).data() as { id: string };
      box.title = this.cards.find((card) => card.id === id)?.name ?? "";
    });
    this.cy.on("mouseout", "node", () => { box.title = ""; });
    this.cy.on("drag", "node", (event: EventObject) => { this.bend((event.target as NodeSingular).connectedEdges()); });
    this.sizes = new ResizeObserver(() => { this.cy.resize(); });
    this.sizes.observe(box);
    this.recolour();
    void this.glyphs.load().then(() => { this.cy.forceRender(); });
  }

  show({ cards, lines, columns }: Picture): void {
    const isFirst = this.cards.length === 0;
    this.cards = cards;
    this.columns = columns;
    this.aside = lanes(lines);
    const wanted = new Map<string, ElementDefinition>([
      ...cards.map((card) => [card.id, cardElement(card)] as const),
      ...lines.map((line) => [line.id, lineElement(line, lines.length <= LABELS_UP_TO)] as const),
    ]);
    this.cy.batch(() => {
      this.cy.elements().filter((element) => !wanted.has(element.id())).remove();
      const fresh: ElementDefinition[] = [];
      for (const [id, element] of wanted) {
        const old = this.cy.getElementById(id);
        if (old.empty()) fresh.push(element);
        else {
          old.data(element.data);
          old.classes(element.classes ?? "");
          if (element.position) (old as unknown as NodeSingular).position(element.position);
        }
      }
      this.cy.add(fresh);
    });
    this.bend(this.cy.edges());
    if (isFirst) this.begin();
  }

  choose(cards: readonly string[], line: string | undefined): void {
    this.cy.batch(() => {
      this.cy.elements(".chosen").removeClass("chosen");
      for (const id of [...cards, ...(line === undefined ? [] : [line])]) {
        const found = this.cy.getElementById(id);
        found.addClass("chosen");
        if (found.isNode()) (found as unknown as NodeSingular).connectedEdges().addClass("chosen");
      }
    });
  }

  fit(): void {
    if (this.cy.nodes().empty()) return;
    this.cy.fit(undefined, this.margin());
    if (this.cy.zoom() > LARGEST) {
      this.cy.zoom(LARGEST);
      this.cy.center();
    }
  }

  bringIn(ids: readonly string[]): void {
    const wanted = this.cy.collection().union(ids.map((id) => this.cy.getElementById(id)) as unknown as NodeCollection);
    if (wanted.empty()) return;
    const { x1, x2, y1, y2 } = wanted.renderedBoundingBox();
    const [width, height] = [this.cy.width(), this.cy.height()];
    if (x1 >= this.margin() && y1 >= this.margin() && x2 <= width - this.margin() && y2 <= height - this.margin()) return;
    const fits = this.cy.zoom() * Math.min((width - 2 * this.margin()) / (x2 - x1), (height - 2 * this.margin()) / (y2 - y1));
    const zoom = Math.min(this.cy.zoom(), Math.max(fits, READABLE));
    // What is too much for the picture is shown around the one that was opened, which is named first.
    const { x, y } = fits < READABLE ? (wanted[0] as NodeSingular).position() : middle(wanted.boundingBox());
    const pan = { x: width / 2 - x * zoom, y: height / 2 - y * zoom };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) this.cy.viewport({ zoom, pan });
    else this.cy.animate({ zoom, pan, duration: MOVE_MS });
  }

  reveal(id: string): void {
    const found = this.cy.getElementById(id);
    if (found.empty()) return;
    const { x1, x2, y1, y2 } = found.renderedBoundingBox();
    const over = (low: number, high: number, size: number) =>
      low < this.margin() ? this.margin() - low : high > size - this.margin() ? size - this.margin() - high : 0;
    this.cy.panBy({ x: over(x1, x2, this.cy.width()), y: over(y1, y2, this.cy.height()) });
  }

  zoomBy(factor: number): void {
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 } });
  }

  recolour(): void {
    this.colours.clear();
    this.cy.style(stylesheet((name) => this.colour(name)));
    this.cy.forceRender();
  }

  async png(): Promise<Blob> {
    const graph = this.cy.png({ output: "blob", full: false, scale: 2 });
    const below = await createImageBitmap(graph);
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [below.width, below.height];
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.scale(below.width / this.cy.width(), below.height / this.cy.height());
    context.fillStyle = this.colour("--bg-canvas");
    context.fillRect(0, 0, this.cy.width(), this.cy.height());
    drawBand(context, this.columns, this.sight(), (name) => this.colour(name));
    context.drawImage(below, 0, 0, this.cy.width(), this.cy.height());
    this.paint(context);
    return pngOf(canvas);
  }

  end(): void {
    this.sizes.disconnect();
    this.cy.destroy();
    this.overlay.remove();
    this.underlay.remove();
  }

  private colour(name: string): string {
    let found = this.colours.get(name);
    if (found === undefined) {
      found = getComputedStyle(this.box).getPropertyValue(name).trim();
      this.colours.set(name, found);
    }
    return found;
  }

  private sight(): Sight {
    return { zoom: this.cy.zoom(), pan: this.cy.pan(), width: this.cy.width(), height: this.cy.height() };
  }

  private draw(): void {
    const below = this.cleared(this.underlay);
    const above = this.cleared(this.overlay);
    if (below === null || above === null) return;
    drawBand(below, this.columns, this.sight(), (name) => this.colour(name));
    this.paint(above);
    if (this.drawn !== this.cards.length) {
      this.drawn = this.cards.length;
      performance.mark("picture drawn", { detail: this.drawn }); // what the budget of the first paint is measured by
    }
  }

  /** What stays free around the picture; on a narrow screen names need the room more. */
  private margin(): number {
    return Math.min(WIDEST_MARGIN, this.cy.width() * 0.04);
  }

  /** Everything, if names can be read then; else whom it begins with, and those around. */
  private begin(): void {
    this.cy.resize(); // a note above may have come with the picture
    this.fit();
    if (this.cy.zoom() >= READABLE || this.cards.length === 0) return;
    const centre = this.cards.toSorted((one, other) => Math.hypot(one.at.x, one.at.y) - Math.hypot(other.at.x, other.at.y))[0];
    this.cy.zoom(READABLE);
    this.cy.center(this.cy.getElementById(centre?.id ?? ""));
  }

  /** A canvas as large as the box, with nothing on it, in px of the page. */
  private cleared(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
    const ratio = devicePixelRatio || 1;
    const [width, height] = [Math.round(this.cy.width() * ratio), Math.round(this.cy.height() * ratio)];
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext("2d");
    context?.setTransform(ratio, 0, 0, ratio, 0, 0);
    context?.clearRect(0, 0, this.cy.width(), this.cy.height());
    return context;
  }

  private paint(context: CanvasRenderingContext2D): void {
    const place = (id: string): Placed | undefined => {
      const node = this.cy.getElementById(id);
      return node.empty() ? undefined : node.position();
    };
    const colour = (name: string) => this.colour(name);
    const seen = drawCards(context, this.cards, place, this.sight(), this.glyphs, colour);
    if (seen !== this.inSight) this.react.onSight((this.inSight = seen));
    drawColumns(context, this.columns, this.sight(), colour);
  }

  /** Lines leave and arrive level, as a curve with two bends. */
  private bend(edges: ReturnType<Core["edges"]>): void {
    this.cy.batch(() => {
      edges.forEach((edge) => {
        const [from, to] = [edge.source().position(), edge.target().position()];
        edge.style(curveStyle(from, to, this.aside.get(edge.id()) ?? 0));
      });
    });
  }
}

function middle({ x1, x2, y1, y2 }: { x1: number; x2: number; y1: number; y2: number }): Placed {
  return { x: (x1 + x2) / 2, y: (y1 + y2) / 2 };
}

/** A curve as Cytoscape wants it: two quadratic pieces, as distances from and weights along the chord of its ends. */
function curveStyle(from: Placed, to: Placed, aside: number): Record<string, unknown> {
  const way = curve(from, to, aside);
  const { start, end } = way;
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const length = Math.hypot(dx, dy) || 1;
  const bends = quadratics(way);
  const port = ([x, y]: readonly [number, number], of: Placed) => `${String(x - of.x)}px ${String(y - of.y)}px`;
  return {
    "source-endpoint": port(start, from),
    "target-endpoint": port(end, to),
    "control-point-weights": bends.map(([x, y]) => ((x - start[0]) * dx + (y - start[1]) * dy) / length ** 2),
    "control-point-distances": bends.map(([x, y]) => (-(x - start[0]) * dy + (y - start[1]) * dx) / length),
  };
}

function cardElement(card: Card): ElementDefinition {
  const classes = [card.isPlanned ? "planned" : "", card.isDisputed ? "disputed" : "", card.isFaint ? "faint" : ""];
  return { group: "nodes", data: { id: card.id }, position: { ...card.at }, grabbable: !card.isGroup, classes: classes.filter(Boolean).join(" ") };
}

function lineElement(line: Line, isLabelled: boolean): ElementDefinition {
  return {
    group: "edges",
    data: { id: line.id, source: line.from, target: line.to, label: isLabelled || stands(line) ? line.label : "" },
    classes: [line.status, line.end, line.isDisputed ? "disputed" : "", line.emphasis ?? ""].filter(Boolean).join(" "),
  };
}

function stands({ emphasis }: Line): boolean {
  return emphasis !== undefined && emphasis !== "faint";
}

function stylesheet(colour: (name: string) => string): StylesheetJson {
  const font = colour("--font-ui").replaceAll('"', "");
  return [
    {
      selector: "node",
      style: {
        shape: "round-rectangle", "corner-radius": "8px", width: CARD.width, height: CARD.height,
        "background-color": colour("--bg-surface"), "border-width": 1, "border-color": colour("--line-strong"),
        "overlay-opacity": 0,
      },
    },
    { selector: "node.planned", style: { "border-style": "dashed", "border-color": colour("--line-control") } },
    { selector: "node.disputed", style: { "border-color": colour("--danger"), "border-width": 2 } },
    {
      selector: "edge",
      style: {
        "curve-style": "unbundled-bezier", "edge-distances": "endpoints", width: 1.25, "line-color": colour("--edge"),
        "target-arrow-color": colour("--edge"), "target-arrow-fill": "hollow", "arrow-scale": 0.8,
        label: "data(label)", "font-size": 11, "font-family": font, color: colour("--text-2"),
        "text-background-color": colour("--bg-canvas"), "text-background-opacity": 1, "text-background-padding": "2px",
        "min-zoomed-font-size": 8, "overlay-opacity": 0,
      },
    },
    ...Object.entries(ENDS).map(([end, shape]) => ({ selector: `edge.${end}`, style: { "target-arrow-shape": shape } })),
    { selector: "edge.confirmed", style: { width: 2, "target-arrow-fill": "filled" } },
    ...Object.entries(DASHES).map(([status, pattern]) => ({
      selector: `edge.${status}`, style: { "line-style": "dashed", "line-dash-pattern": pattern, width: 1.5 } as const,
    })),
    {
      selector: "edge.disputed",
      style: { "line-outline-width": 2, "line-outline-color": colour("--edge-disputed"), color: colour("--danger") },
    },
    { selector: "node.faint", style: { opacity: FAINT } },
    {
      selector: "edge.path",
      style: {
        width: 3, "line-color": colour("--edge-selected"), "target-arrow-color": colour("--edge-selected"), "font-weight": 600, "z-index": 8,
      },
    },
    { selector: "edge.faint", style: { opacity: FAINT } },
    { selector: "edge.new", style: { width: 2, "line-outline-width": 3, "line-outline-color": colour("--accent-line"), "font-weight": 600 } },
    { selector: "edge.ended", style: { "line-style": "dashed", "line-dash-pattern": ENDED, width: 2, "font-weight": 600 } },
    {
      selector: "edge.chosen",
      style: { "line-color": colour("--edge-selected"), "target-arrow-color": colour("--edge-selected"), width: 2.2, "z-index": 9 },
    },
    { selector: "node.chosen", style: { "border-color": colour("--accent"), "border-width": 2 } },
  ] as unknown as StylesheetJson;
}

function isAdding(event: EventObject): boolean {
  const pressed = event.originalEvent as MouseEvent;
  return pressed.shiftKey || pressed.ctrlKey || pressed.metaKey;
}
