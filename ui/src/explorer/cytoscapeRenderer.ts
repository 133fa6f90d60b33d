/** The picture by Cytoscape.js: it draws cards and lines, pans, zooms and finds what is clicked. */
import cytoscape, { type Core, type ElementDefinition, type EventObject, type NodeSingular, type StylesheetJson } from "cytoscape";
import { drawCards, drawColumns, type Sight } from "./cards";
import { Glyphs } from "./glyphs";
import type { Card, Column, GraphRenderer, Line, Picture, Reactions } from "./renderer";
import { CARD, type Placed } from "./tiers";

const DASHES: Record<string, number[]> = { planned: [7, 4], inferred: [1, 5], cancelled: [2, 3] };
const ENDS = { arrow: "triangle", circle: "circle", bar: "tee", diamond: "diamond" } as const;
const MARGIN = 40;
const LARGEST = 1.25;
const LABELS_UP_TO = 120;

/** Cytoscape writes one rule into a style element, which the Content-Security-Policy refuses, unless this id exists. */
const STYLE_ID = "__________cytoscape_stylesheet";

export class CytoscapeRenderer implements GraphRenderer {
  private readonly cy: Core;
  private readonly overlay: HTMLCanvasElement;
  private readonly glyphs = new Glyphs();
  private readonly colours = new Map<string, string>();
  private readonly sizes: ResizeObserver;
  private cards: readonly Card[] = [];
  private columns: readonly Column[] = [];
  private drawn = 0;

  constructor(private readonly box: HTMLElement, react: Reactions) {
    if (document.getElementById(STYLE_ID) === null) {
      const stand = document.createElement("template");
      stand.id = STYLE_ID;
      document.head.append(stand);
    }
    this.cy = cytoscape({
      container: box, style: [], minZoom: 0.08, maxZoom: 2.5, boxSelectionEnabled: false, autoungrabify: false,
      selectionType: "single", hideEdgesOnViewport: false, textureOnViewport: false, pixelRatio: "auto",
    });
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
    if (isFirst) this.fit();
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
    this.cy.fit(undefined, MARGIN);
    if (this.cy.zoom() > LARGEST) {
      this.cy.zoom(LARGEST);
      this.cy.center();
    }
  }

  reveal(id: string): void {
    const found = this.cy.getElementById(id);
    if (found.empty()) return;
    const { x1, x2, y1, y2 } = found.renderedBoundingBox();
    const over = (low: number, high: number, size: number) =>
      low < MARGIN ? MARGIN - low : high > size - MARGIN ? size - MARGIN - high : 0;
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
    const graph = this.cy.png({ output: "blob", full: false, scale: 2, bg: this.colour("--bg-canvas") });
    const below = await createImageBitmap(graph);
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [below.width, below.height];
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("no canvas");
    context.drawImage(below, 0, 0);
    context.scale(below.width / this.cy.width(), below.height / this.cy.height());
    this.paint(context);
    return new Promise((done, failed) => {
      canvas.toBlob((blob) => { if (blob) done(blob); else failed(new Error("no picture")); });
    });
  }

  end(): void {
    this.sizes.disconnect();
    this.cy.destroy();
    this.overlay.remove();
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
    const ratio = devicePixelRatio || 1;
    const [width, height] = [Math.round(this.cy.width() * ratio), Math.round(this.cy.height() * ratio)];
    if (this.overlay.width !== width || this.overlay.height !== height) {
      [this.overlay.width, this.overlay.height] = [width, height];
    }
    const context = this.overlay.getContext("2d");
    if (context === null) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.cy.width(), this.cy.height());
    this.paint(context);
    if (this.drawn !== this.cards.length) {
      this.drawn = this.cards.length;
      performance.mark("picture drawn", { detail: this.drawn }); // what the budget of the first paint is measured by
    }
  }

  private paint(context: CanvasRenderingContext2D): void {
    const place = (id: string): Placed | undefined => {
      const node = this.cy.getElementById(id);
      return node.empty() ? undefined : node.position();
    };
    const colour = (name: string) => this.colour(name);
    drawCards(context, this.cards, place, this.sight(), this.glyphs, colour);
    drawColumns(context, this.columns, this.sight(), colour);
  }

  /** Lines leave and arrive level, as a curve with two bends. */
  private bend(edges: ReturnType<Core["edges"]>): void {
    this.cy.batch(() => {
      edges.forEach((edge) => {
        const [from, to] = [edge.source().position(), edge.target().position()];
        edge.style(curve(from, to));
      });
    });
  }
}

/** The curve from one card's side to another's, as Cytoscape wants it: distances from and weights along the chord. */
function curve(from: Placed, to: Placed): Record<string, unknown> {
  const side = to.x > from.x + 1 ? [1, -1] : to.x < from.x - 1 ? [-1, 1] : [1, 1];
  const [sx, tx] = [from.x + ((side[0] ?? 1) * CARD.width) / 2, to.x + ((side[1] ?? 1) * CARD.width) / 2];
  const [dx, dy] = [tx - sx, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const reach = dx === 0 ? 60 : dx / 2;
  const first = [reach, 0] as const;
  const second = dx === 0 ? ([60, dy] as const) : ([dx - reach, dy] as const);
  const along = ([x, y]: readonly [number, number]) => (x * dx + y * dy) / length ** 2;
  const beside = ([x, y]: readonly [number, number]) => (-x * dy + y * dx) / length;
  return {
    "source-endpoint": `${String(((side[0] ?? 1) * CARD.width) / 2)}px 0px`,
    "target-endpoint": `${String(((side[1] ?? 1) * CARD.width) / 2)}px 0px`,
    "control-point-weights": [along(first), along(second)],
    "control-point-distances": [beside(first), beside(second)],
  };
}

function cardElement(card: Card): ElementDefinition {
  const classes = [card.isPlanned ? "planned" : "", card.isDisputed ? "disputed" : "", card.count === undefined ? "" : "stack"];
  return { group: "nodes", data: { id: card.id }, position: { ...card.at }, classes: classes.filter(Boolean).join(" ") };
}

function lineElement(line: Line, isLabelled: boolean): ElementDefinition {
  return {
    group: "edges",
    data: { id: line.id, source: line.from, target: line.to, label: isLabelled ? line.label : "" },
    classes: [line.status, line.end, line.isDisputed ? "disputed" : ""].filter(Boolean).join(" "),
  };
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
    { selector: "node.stack", style: { "border-style": "double", "border-width": 3 } },
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
