/** The shapes of types, drawn on a canvas from the same file that the pages use. */
import { glyphOf } from "../parts/drawing";

interface Stroke {
  path: Path2D;
  fill: string;
  stroke: string;
  width: number;
  opacity: number;
}

const SIZE = 24;

export class Glyphs {
  private readonly shapes = new Map<string, Stroke[]>();

  /** Read the file; until then nothing is drawn. */
  async load(): Promise<void> {
    const response = await fetch("/static/glyphs.svg");
    const file = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
    for (const symbol of file.querySelectorAll("symbol")) {
      this.shapes.set(symbol.id, [...symbol.querySelectorAll("path, rect, circle")].map(stroke));
    }
  }

  /** Draw a type's glyph with its left upper corner at x, y. */
  draw(context: CanvasRenderingContext2D, type: string, x: number, y: number, size: number, colour: (name: string) => string): void {
    const name = glyphOf(type);
    const own = (paint: string) => (paint === "currentColor" ? colour(`--ent-${name}`) : colour("--bg-surface"));
    context.save();
    const given = context.globalAlpha;
    context.translate(x, y);
    context.scale(size / SIZE, size / SIZE);
    context.lineCap = context.lineJoin = "round";
    for (const { path, fill, stroke: line, width, opacity } of this.shapes.get(name) ?? []) {
      context.globalAlpha = given * opacity;
      if (fill !== "none") {
        context.fillStyle = own(fill);
        context.fill(path);
      }
      if (line !== "none") {
        context.strokeStyle = own(line);
        context.lineWidth = width;
        context.stroke(path);
      }
    }
    context.restore();
  }
}

function stroke(element: Element): Stroke {
  const given = (name: string, usual: string): string =>
    element.getAttribute(name) ?? element.parentElement?.getAttribute(name) ?? usual;
  const number = (name: string) => Number(element.getAttribute(name) ?? 0);
  let path = new Path2D();
  if (element.tagName === "rect") path.roundRect(number("x"), number("y"), number("width"), number("height"), number("rx"));
  else if (element.tagName === "circle") path.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
  else path = new Path2D(element.getAttribute("d") ?? "");
  return {
    path, fill: given("fill", "black"), stroke: given("stroke", "none"), width: Number(given("stroke-width", "1")),
    opacity: Number(element.getAttribute("opacity") ?? 1),
  };
}
