/** The picture: land, graticule, circle, lines, pins and their names, on a canvas. */
import { geoGraticule, geoPath, type GeoProjection } from "d3-geo";
import { feature } from "topojson-client";
import type { Topology } from "topojson-specification";
import topology from "world-atlas/land-110m.json";
import { labelPlace, type Box } from "./labels";
import type { Mark, PinMark } from "./marks";
import { colourToken, type Circle, type Line } from "./pins";
import { graticuleStep, pixelsPerKm, rim, type Size } from "./view";

const world = topology as unknown as Topology;
const land = feature(world, world.objects.land ?? "");

const TOKENS = [
  "--map-sea", "--map-land", "--map-graticule", "--map-city", "--line-strong", "--accent", "--text", "--text-2", "--text-3",
  "--bg-surface", "--warn",
] as const;

/** Colours of the theme that is on, and the font of the page. */
export interface Colours {
  of: (token: string) => string;
  font: string;
}

/** Read the tokens as they are now; they change with the theme. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const kept = new Map<string, string>(TOKENS.map((token) => [token, style.getPropertyValue(token).trim()]));
  return {
    font: style.fontFamily,
    of(token) {
      let found = kept.get(token);
      if (found === undefined) kept.set(token, (found = style.getPropertyValue(token).trim()));
      return found;
    },
  };
}

export interface Scene {
  size: Size;
  ratio: number;
  projection: GeoProjection;
  circle: Circle | undefined;
  lines: readonly Line[];
  marks: readonly Mark[];
  /** Marks that stand out: the chosen pin, the one the keys are at, the one under the pointer. */
  selected: string | undefined;
  current: string | undefined;
  hovered: string | undefined;
  colours: Colours;
  kilometres: (km: number) => string;
}

const NAMED = 24;
/** More lines than this are drawn straight, thin and pale: each as a great circle, a map of thousands follows no hand. */
const MANY_LINES = 300;

/** Draw everything anew. */
export function draw(context: CanvasRenderingContext2D, scene: Scene): void {
  const { size: { width, height }, ratio, projection, colours } = scene;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colours.of("--map-sea");
  context.fillRect(0, 0, width, height);
  const path = geoPath(projection, context);
  const trace = (shape: GeoJSON.GeoJSON) => { context.beginPath(); path(shape as Parameters<typeof path>[0]); };
  trace(land);
  context.fillStyle = colours.of("--map-land");
  context.fill();
  stroke(context, colours.of("--line-strong"), 0.75);
  const step = graticuleStep(pixelsPerKm(projection), width);
  trace(geoGraticule().step([step, step]).extent([[-180, -80], [180, 80.1]]).precision(1)());
  stroke(context, colours.of("--map-graticule"), 1);
  const boxes: Box[] = [];
  if (scene.circle) drawCircle(context, scene, scene.circle, trace, boxes);
  drawLines(context, scene, trace);
  for (const { x, y, r } of scene.marks) boxes.push({ x: x - r, y: y - r, width: 2 * r, height: 2 * r });
  drawAnchors(context, scene, boxes);
  for (const mark of scene.marks) drawMark(context, scene, mark);
  drawNames(context, scene, boxes);
}

function stroke(context: CanvasRenderingContext2D, colour: string, width: number, dash: number[] = []): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}

function drawLines(context: CanvasRenderingContext2D, { projection, colours, lines }: Scene, trace: (shape: GeoJSON.GeoJSON) => void): void {
  const isDense = lines.length > MANY_LINES;
  for (const isCertain of [true, false]) {
    const ends = lines.filter((line) => line.isCertain === isCertain)
      .map(({ from, to }): [[number, number], [number, number]] => [[from[1], from[0]], [to[1], to[0]]]);
    if (!isDense) trace({ type: "MultiLineString", coordinates: ends });
    else {
      context.beginPath();
      for (const [from, to] of ends) {
        const [start, end] = [projection(from), projection(to)];
        if (start && end) {
          context.moveTo(...start);
          context.lineTo(...end);
        }
      }
    }
    context.globalAlpha = isDense ? 0.18 : 1;
    stroke(context, colours.of("--accent"), isDense ? 1 : 1.5, isCertain ? [] : [2, 4]);
    context.globalAlpha = 1;
  }
}

function drawCircle(
  context: CanvasRenderingContext2D, { projection, colours, kilometres }: Scene, { centre, km }: Circle,
  trace: (shape: GeoJSON.GeoJSON) => void, boxes: Box[],
): void {
  const accent = colours.of("--accent");
  trace(rim(centre, km));
  context.globalAlpha = 0.055;
  context.fillStyle = accent;
  context.fill();
  context.globalAlpha = 1;
  stroke(context, accent, 2);
  context.font = `12px ${colours.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const middle = projection([centre[1], centre[0]]);
  for (const part of [km / 4, km / 2, km]) {
    if (part !== km) {
      trace(rim(centre, part));
      context.globalAlpha = 0.5;
      stroke(context, accent, 1, [3, 4]);
      context.globalAlpha = 1;
    }
    const top = projection([centre[1], centre[0] + part / 111.32]);
    if (!top || !middle || (part !== km && middle[1] - top[1] < 48)) continue;
    const text = kilometres(part);
    const wide = context.measureText(text).width + 14;
    const box = { x: top[0] - wide / 2, y: top[1] - 9, width: wide, height: 18 };
    context.beginPath();
    context.roundRect(box.x, box.y, box.width, box.height, 9);
    context.fillStyle = colours.of("--bg-surface");
    context.fill();
    stroke(context, colours.of("--line-strong"), 1);
    context.fillStyle = colours.of("--text-2");
    context.fillText(text, top[0], top[1] + 0.5);
    boxes.push(box);
  }
}

/** Leader lines from the point that several stand for, and its name. */
function drawAnchors(context: CanvasRenderingContext2D, scene: Scene, boxes: Box[]): void {
  const { marks, colours } = scene;
  const named = new Set<string>();
  const towns = new Map<string, Set<string>>(); // a name that stands for several points is that of a region, not of a town
  for (const mark of marks) {
    if (!("anchor" in mark) || !mark.anchor) continue;
    const place = mark.pin.place ?? "";
    towns.set(place, (towns.get(place) ?? new Set()).add(keyOf(mark.anchor)));
    context.beginPath();
    context.moveTo(mark.anchor.x, mark.anchor.y);
    context.lineTo(mark.x, mark.y);
    stroke(context, colours.of(colourToken(mark.pin.kind)), 1.25);
  }
  for (const mark of marks) {
    if (!("anchor" in mark) || !mark.anchor) continue;
    const { x, y } = mark.anchor;
    const key = keyOf(mark.anchor);
    if (named.has(key) || marks.some((other) => "pin" in other && other.pin.kind === "centre" && other.x === x)) continue;
    named.add(key);
    disc(context, x, y, 4, colours.of("--map-city"), colours.of("--map-land"));
    if (mark.pin.place && towns.get(mark.pin.place)?.size === 1) write(context, scene, mark.pin.place, { x, y, r: 6 }, boxes, colours.of("--map-city"), true);
  }
}

function keyOf({ x, y }: { x: number; y: number }): string {
  return `${Math.round(x)} ${Math.round(y)}`;
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, r: number, fill: string, rimColour: string): void {
  context.beginPath();
  context.arc(x, y, r, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  stroke(context, rimColour, 1.5);
}

function drawMark(context: CanvasRenderingContext2D, scene: Scene, mark: Mark): void {
  const { colours, selected, current, hovered } = scene;
  const { x, y, r } = mark;
  if ("cluster" in mark) {
    drawCluster(context, scene, mark);
    return;
  }
  const { pin } = mark;
  const colour = colours.of(colourToken(pin.kind));
  const surface = colours.of("--bg-surface");
  if (pin.id === selected || pin.id === current || pin.id === hovered) {
    context.beginPath();
    context.arc(x, y, r + 5, 0, 2 * Math.PI);
    context.fillStyle = surface;
    context.fill();
    stroke(context, colours.of("--accent"), 2, pin.id === selected ? [] : [4, 3]);
  }
  if (pin.kind === "centre") {
    disc(context, x, y, r, colour, surface);
    disc(context, x, y, 3.5, surface, surface);
    return;
  }
  const isHollow = pin.precision === "town" || pin.kind === "rejected";
  context.beginPath();
  context.arc(x, y, r, 0, 2 * Math.PI);
  context.fillStyle = isHollow ? surface : colour;
  context.fill();
  stroke(context, isHollow ? colour : surface, isHollow ? 2 : 1.5, isHollow && pin.kind === "possible" ? [4, 3] : []);
  if (!isHollow && pin.kind === "possible") {
    context.beginPath();
    context.arc(x, y, r + 2.5, 0, 2 * Math.PI);
    stroke(context, colour, 1.5, [3, 3]);
  }
  if (pin.kind === "rejected") {
    const arm = Math.min(4.5, r * 0.5);
    context.beginPath();
    context.moveTo(x - arm, y - arm);
    context.lineTo(x + arm, y + arm);
    context.moveTo(x + arm, y - arm);
    context.lineTo(x - arm, y + arm);
    stroke(context, colours.of("--text-2"), 1.6);
  } else if (pin.label !== undefined) {
    context.font = `600 12px ${colours.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = isHollow ? colour : surface;
    context.fillText(pin.label, x, y + 0.5);
  }
}

/** A ring parted by kind, with the number inside. */
function drawCluster(context: CanvasRenderingContext2D, { colours, hovered }: Scene, mark: Extract<Mark, { cluster: string }>): void {
  const { x, y, r, count, kinds, cluster } = mark;
  disc(context, x, y, r, colours.of("--bg-surface"), colours.of("--bg-surface"));
  const all = Object.values(kinds).reduce((sum, one) => sum + one, 0);
  let angle = -Math.PI / 2;
  for (const [kind, own] of Object.entries(kinds)) {
    const end = angle + (2 * Math.PI * own) / all;
    context.beginPath();
    context.arc(x, y, r - 1.5, angle, end);
    stroke(context, colours.of(colourToken(kind)), cluster === hovered ? 4 : 3);
    angle = end;
  }
  context.font = `600 12px ${colours.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colours.of("--text");
  context.fillText(String(count), x, y + 0.5);
}

/** Names where there is room; those that stand out first. */
function drawNames(context: CanvasRenderingContext2D, scene: Scene, boxes: Box[]): void {
  const { colours, selected, current, hovered, marks } = scene;
  const stands = ({ pin }: PinMark) => [selected, current, hovered].includes(pin.id);
  const pins = marks.filter((mark): mark is PinMark => "pin" in mark);
  const named = pins.length <= NAMED ? pins : pins.filter((mark) => stands(mark) || mark.pin.kind === "centre");
  const weight = (mark: PinMark) => (mark.pin.kind === "centre" ? 2 : Number(stands(mark)));
  for (const mark of [...named].sort((a, b) => weight(b) - weight(a))) {
    const isStrong = stands(mark) || mark.pin.kind === "centre";
    const colour = colours.of(mark.pin.kind === "rejected" ? "--map-city" : "--text");
    const around = isStrong ? { x: mark.x, y: mark.y, r: mark.r + 5 } : mark;
    write(context, scene, mark.pin.name, around, boxes, colour, isStrong, isStrong, (mark.anchor?.x ?? mark.x - 1) > mark.x);
  }
}

const LONGEST = 30;

function write(
  context: CanvasRenderingContext2D, { size, colours }: Scene, text: string, at: { x: number; y: number; r: number },
  boxes: Box[], colour: string, isBold: boolean, isForced = false, isLeft = false,
): void {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text;
  context.font = `${isBold ? "500 " : ""}12px ${colours.font}`;
  const width = context.measureText(shown).width;
  const box = labelPlace(at, width, size.width, boxes, { isLeft, isForced });
  if (box === undefined) return;
  boxes.push(box);
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.strokeStyle = colours.of("--map-land");
  context.lineWidth = 3;
  context.strokeText(shown, box.x, box.y + 8.5);
  context.fillStyle = colour;
  context.fillText(shown, box.x, box.y + 8.5);
}
