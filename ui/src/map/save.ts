/** The map as a file, with what it shows, its scale, and where the land comes from. */
import { pngOf } from "../parts/files";
import { draw, type Scene } from "./draw";
import { SvgPen } from "./svgPen";
import { pixelsPerKm, scaleBar } from "./view";

const SHARP = 2;
const FOOT = 22;
const BAR = 120;

export interface Foot {
  /** What the map shows, and whose land it is. */
  text: string;
  kilometres: (km: number) => string;
}

/** The part of the map that is in sight, twice as sharp as a screen. */
export function toPng(scene: Scene, foot: Foot): Promise<Blob> {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [scene.size.width * SHARP, (scene.size.height + FOOT) * SHARP];
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no canvas");
  draw(context, { ...scene, ratio: SHARP });
  drawFoot(context, scene, foot);
  return pngOf(canvas);
}

/** The same as SVG. */
export function toSvg(scene: Scene, foot: Foot): Blob {
  const pen = new SvgPen();
  const context = pen as unknown as CanvasRenderingContext2D; // the map draws with nothing else of it
  draw(context, { ...scene, ratio: 1 });
  drawFoot(context, scene, foot);
  return new Blob([pen.text(scene.size.width, scene.size.height + FOOT, foot.text)], { type: "image/svg+xml" });
}

function drawFoot(context: CanvasRenderingContext2D, { size, projection, colours }: Scene, { text, kilometres }: Foot): void {
  context.fillStyle = colours.of("--bg-surface");
  context.fillRect(0, size.height, size.width, FOOT);
  const bar = scaleBar(pixelsPerKm(projection), BAR);
  const [left, low] = [size.width - bar.pixels - 70, size.height + FOOT / 2];
  context.fillStyle = colours.of("--text");
  context.fillRect(left, low - 1, bar.pixels, 2);
  context.font = `12px ${colours.font}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(kilometres(bar.km), left + bar.pixels + 6, low);
  context.fillStyle = colours.of("--text-2");
  context.fillText(text, 8, low);
}
