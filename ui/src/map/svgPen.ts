/** A pen that takes down as SVG what is drawn with it as on a canvas: as much of a canvas as the map draws with. */
import { path } from "d3-path";
import { escaped, tag } from "../explorer/xml";

type Canvas = Pick<
  CanvasRenderingContext2D,
  "fillStyle" | "strokeStyle" | "lineWidth" | "globalAlpha" | "font" | "textAlign" | "textBaseline" | "lineJoin" | "setTransform" | "setLineDash"
  | "beginPath" | "closePath" | "moveTo" | "lineTo" | "arc" | "roundRect" | "fill" | "stroke" | "fillRect" | "fillText" | "strokeText" | "measureText"
>;

const ANCHORS: Partial<Record<CanvasTextAlign, string>> = { center: "middle", right: "end" };

export class SvgPen implements Canvas {
  fillStyle = "#000";
  strokeStyle = "#000";
  lineWidth = 1;
  globalAlpha = 1;
  font = "12px sans-serif";
  textAlign: CanvasTextAlign = "left";
  textBaseline: CanvasTextBaseline = "alphabetic";
  lineJoin: CanvasLineJoin = "miter";
  private way = path();
  private dash: readonly number[] = [];
  private readonly parts: string[] = [];
  private readonly measure = document.createElement("canvas").getContext("2d");

  /** Everything drawn so far as the text of a file. */
  text(width: number, height: number, title: string): string {
    const size = { viewBox: `0 0 ${String(width)} ${String(height)}`, width, height };
    return tag("svg", { xmlns: "http://www.w3.org/2000/svg", role: "img", ...size }, tag("title", {}, escaped(title)), ...this.parts);
  }

  /** The file has units of its own. */
  setTransform(): void { /* nothing to do */ }
  setLineDash(dash: readonly number[]): void { this.dash = dash; }
  beginPath(): void { this.way = path(); }
  closePath(): void { this.way.closePath(); }
  moveTo(x: number, y: number): void { this.way.moveTo(round(x), round(y)); }
  lineTo(x: number, y: number): void { this.way.lineTo(round(x), round(y)); }
  arc(x: number, y: number, r: number, from: number, to: number): void {
    this.way.moveTo(x + r * Math.cos(from), y + r * Math.sin(from)); // an arc of this map is never joined to what was before
    this.way.arc(x, y, r, from, to);
  }

  roundRect(x: number, y: number, width: number, height: number, radii: number | DOMPointInit | Iterable<number | DOMPointInit> = 0): void {
    const r = typeof radii === "number" ? radii : 0;
    const [right, low] = [x + width, y + height];
    this.way.moveTo(x + r, y);
    for (const [cornerX, cornerY, nextX, nextY] of [[right, y, right, low], [right, low, x, low], [x, low, x, y], [x, y, right, y]] as const) {
      this.way.arcTo(cornerX, cornerY, nextX, nextY, r);
    }
    this.way.closePath();
  }

  fill(): void {
    this.add("path", { d: this.way.toString(), fill: this.fillStyle });
  }

  stroke(): void {
    const dash = this.dash.length > 0 ? this.dash.join(" ") : undefined;
    this.add("path", { d: this.way.toString(), fill: "none", stroke: this.strokeStyle, "stroke-width": this.lineWidth, "stroke-dasharray": dash });
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.add("rect", { x, y, width, height, fill: this.fillStyle });
  }

  fillText(words: string, x: number, y: number): void {
    this.write(words, x, y, { fill: this.fillStyle });
  }

  strokeText(words: string, x: number, y: number): void {
    this.write(words, x, y, { fill: "none", stroke: this.strokeStyle, "stroke-width": this.lineWidth, "stroke-linejoin": this.lineJoin });
  }

  measureText(words: string): TextMetrics {
    if (this.measure === null) throw new Error("no canvas");
    this.measure.font = this.font;
    return this.measure.measureText(words);
  }

  private write(words: string, x: number, y: number, paint: Record<string, string | number>): void {
    const [, weight = "400", size = "12", family = "sans-serif"] = /^(?:(\d+) )?([\d.]+)px (.+)$/.exec(this.font) ?? [];
    this.add("text", {
      x, y, "font-family": family, "font-size": size, "font-weight": weight, "text-anchor": ANCHORS[this.textAlign],
      "dominant-baseline": this.textBaseline === "middle" ? "central" : undefined, ...paint,
    }, escaped(words));
  }

  private add(name: string, attributes: Record<string, string | number | undefined>, ...inside: string[]): void {
    this.parts.push(tag(name, { ...attributes, opacity: this.globalAlpha < 1 ? String(this.globalAlpha) : undefined }, ...inside));
  }
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
