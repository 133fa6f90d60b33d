/** The picture as SVG, in the colours of the theme: lines with their pattern and end, cards, and heads of the tiers. */
import { glyphOf } from "../parts/drawing";
import { BAND, DOTS, GLYPH, PAD, placed, STACK } from "./cards";
import { curve, lanes, middle, type Curve } from "./curves";
import { DASHES, END_SHAPES, ENDED, FAINT } from "./patterns";
import type { Card, Column, Line, Picture } from "./renderer";
import { CARD, COLUMN } from "./tiers";
import { escaped, tag } from "./xml";

const MARGIN = 64;
const HEAD = 30;
const EDGE = 16;
const LEADING = 16;
const CAPTION_LINES = 3;

export interface Means {
  colour: (name: string) => string;
  /** A text in at most so many lines, each no wider than `room` px in a font. */
  fold: (text: string, room: number, font: string, most: number) => string[];
  /** The file glyphs.svg. */
  glyphs: string;
  title: string;
  description: string;
  /** What whoever gets the file alone must know: it is written over the picture. */
  caption?: string | undefined;
}

/** The whole picture, whatever part of it is in sight. */
export function toSvg({ cards, lines, columns }: Picture, means: Means): Blob {
  const { colour, fold, caption } = means;
  const [xs, ys] = [cards.map(({ at }) => at.x), cards.map(({ at }) => at.y)];
  const left = least(xs) - CARD.width / 2 - MARGIN;
  const width = -least(xs.map((x) => -x)) + CARD.width / 2 + MARGIN - left;
  const said = caption === undefined ? [] : fold(caption, width - 2 * EDGE, `400 12px ${colour("--font-ui")}`, CAPTION_LINES);
  const top = least(ys) - CARD.height / 2 - MARGIN - HEAD - said.length * LEADING;
  const height = -least(ys.map((y) => -y)) + CARD.height / 2 + MARGIN - top;
  const places = new Map(cards.map(({ id, at }) => [id, at]));
  const aside = lanes(lines);
  const drawn = lines.flatMap((line) => {
    const [from, to] = [places.get(line.from), places.get(line.to)];
    return from && to ? [{ line, way: curve(from, to, aside.get(line.id)) }] : [];
  });
  const text = tag(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg", viewBox: [left, top, width, height].map(Math.round).join(" "), width, height, role: "img",
      "aria-labelledby": "title description", "font-family": colour("--font-ui"),
    },
    tag("title", { id: "title" }, escaped(means.title)),
    tag("desc", { id: "description" }, escaped(means.description)),
    tag("defs", {}, ...symbols(means, new Set(cards.map(({ type }) => glyphOf(type)))), ...markers(means)),
    tag("rect", { x: left, y: top, width, height, fill: colour("--bg-canvas") }),
    ...(columns.some(({ tier }) => tier === 0) ? [tag("rect", { x: -BAND / 2, y: top, width: BAND, height, fill: colour("--bg-tier-band") })] : []),
    ...said.map((line, at) => tag("text", { x: left + EDGE, y: top + (at + 1) * LEADING + 4, "font-size": 12, fill: colour("--text") }, escaped(line))),
    ...columns.map((column) => head(column, top + HEAD + said.length * LEADING, means)),
    ...drawn.map(({ line, way }) => path(line, way, means)),
    ...drawn.map(({ line, way }) => label(line, way, means)),
    ...cards.map((card) => drawCard(card, means)),
  );
  return new Blob([text], { type: "image/svg+xml" });
}

function symbols({ glyphs, colour }: Means, names: ReadonlySet<string>): string[] {
  const found = new DOMParser().parseFromString(glyphs, "image/svg+xml").querySelectorAll("symbol");
  return [...found].filter(({ id }) => names.has(id)).map(({ id, innerHTML }) => tag("symbol", { id, viewBox: "0 0 24 24" },
    innerHTML.replaceAll(' xmlns="http://www.w3.org/2000/svg"', "").replaceAll("var(--bg-surface)", colour("--bg-surface"))));
}

/** The ends of lines: filled where a person has confirmed, else hollow. */
function markers({ colour }: Means): string[] {
  return Object.entries(END_SHAPES).flatMap(([end, d]) => ["filled", "hollow"].map((kind) => tag(
    "marker",
    {
      id: `${end}-${kind}`, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse",
      orient: "auto",
    },
    tag("path", { d, fill: colour(kind === "filled" ? "--edge" : "--bg-canvas"), stroke: colour("--edge"), "stroke-width": 1.2 }),
  )));
}

function path({ status, isDisputed, end, emphasis }: Line, way: Curve, { colour }: Means): string {
  const d = `M${point(way.start)}C${point(way.first)} ${point(way.second)} ${point(way.end)}`;
  const isConfirmed = status === "confirmed";
  const isPath = emphasis === "path";
  const width = isPath ? 3 : isConfirmed ? 2 : DASHES[status] ? 1.5 : 1.25;
  const outline = (paint: string, wider: number) =>
    tag("path", { d, fill: "none", stroke: colour(paint), "stroke-width": width + wider });
  const own = tag("path", {
    d, fill: "none", stroke: colour(isPath ? "--edge-selected" : "--edge"), "stroke-width": String(width), "stroke-dasharray": (emphasis === "ended" ? ENDED : DASHES[status])?.join(" "),
    "marker-end": `url(#${end}-${isConfirmed ? "filled" : "hollow"})`,
  });
  const drawn = isDisputed ? outline("--edge-disputed", 4) + outline("--bg-canvas", 2) + own : emphasis === "new" ? outline("--accent-line", 6) + own : own;
  return emphasis === "faint" ? tag("g", { opacity: String(FAINT) }, drawn) : drawn;
}

function label({ label: words, isDisputed }: Line, way: Curve, { colour }: Means): string {
  if (words === "") return "";
  const [x, y] = middle(way);
  return tag(
    "text",
    {
      x, y: y + 4, "text-anchor": "middle", "font-size": 11, fill: colour(isDisputed ? "--danger" : "--text-2"),
      stroke: colour("--bg-canvas"), "stroke-width": 5, "stroke-linejoin": "round", "paint-order": "stroke",
    },
    escaped(words),
  );
}

function head({ tier, title, count }: Column, y: number, { colour }: Means): string {
  const x = tier * COLUMN - CARD.width / 2;
  return tag("text", { x, y, "font-size": 12, fill: colour("--text-2") }, `${escaped(title)} · ${String(count)}`);
}

function drawCard(card: Card, { colour, fold }: Means): string {
  const [x, y] = [card.at.x - CARD.width / 2, card.at.y - CARD.height / 2];
  const font = colour("--font-ui");
  const glyph = glyphOf(card.type);
  const textLeft = PAD + (card.count === undefined ? GLYPH + 8 : 9 * card.count.length + 10);
  const room = CARD.width - textLeft - PAD;
  const name = fold(card.name, room, `500 12px ${font}`, 2);
  const place = placed(name.length, card.second !== "", 12);
  const words = (text: string, at: number, size: number, weight: number, paint: string) =>
    tag("text", { x: textLeft, y: at, "font-size": size, "font-weight": weight, fill: colour(paint) }, escaped(text));
  return tag(
    "g",
    { transform: `translate(${String(x)} ${String(y)})`, opacity: card.isFaint ? String(FAINT) : undefined },
    tag("title", {}, escaped([card.name, card.second].filter(Boolean).join(", "))),
    ...(card.isGroup || card.count !== undefined ? STACK : []).map((d) => tag("path", { d, fill: "none", stroke: colour("--line-control") })),
    tag("rect", {
      width: CARD.width, height: CARD.height, rx: 8, fill: colour("--bg-surface"),
      stroke: colour(card.isDisputed ? "--danger" : card.isPlanned ? "--line-control" : "--line-strong"),
      "stroke-dasharray": card.isPlanned ? "4 3" : undefined,
    }),
    card.isGroup ? DOTS.map(({ x: cx, y: cy }) => tag("circle", { cx, cy, r: 2, fill: colour("--ent-group") })).join("") : card.count === undefined
      ? tag("use", { href: `#${glyph}`, x: PAD, y: (CARD.height - GLYPH) / 2, width: GLYPH, height: GLYPH, color: colour(`--ent-${glyph}`) })
      : tag("text", { x: PAD, y: CARD.height / 2 + 6, "font-size": 16, "font-weight": 600, fill: colour("--ent-group") }, escaped(card.count)),
    ...name.map((line, at) => words(line, place.name + at * place.leading, 12, 500, "--text")),
    ...fold(card.second, room, `400 11px ${font}`, 1).map((line) => words(line, place.second, 11, 400, "--text-3")),
  );
}

function point([x, y]: readonly [number, number]): string {
  return `${String(Math.round(x * 10) / 10)} ${String(Math.round(y * 10) / 10)}`;
}

function least(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), Infinity);
}
