/** What stands on the cards, drawn over the graph: glyph, name, second line, counts, and the heads of the tiers. */
import type { Glyphs } from "./glyphs";
import { FAINT } from "./patterns";
import type { Card, Column } from "./renderer";
import { CARD, COLUMN } from "./tiers";

export const PAD = 7;
export const GLYPH = 24;
const NAMES_FROM = 0.4;
const SECOND_FROM = 0.9;
/** A name is never smaller on the screen, px; where the card is small it takes the room of the second line too. */
const SMALLEST = 10;
const LEADING = 1.15;
const BREAKS = /(?<=\s)|(?<=\p{L}{3}-)(?=\p{L}{3})/u;
const HEAD = 26;
export const BAND = CARD.width + 30;

export interface Sight {
  zoom: number;
  pan: { x: number; y: number };
  width: number;
  height: number;
}

const cut = new Map<string, string>();

/**
 * Draw what lies in sight. Below two fifths of the size only glyphs, then names, from nine tenths whole cards.
 *
 * @returns how many cards are in sight.
 */
export function drawCards(
  context: CanvasRenderingContext2D, cards: readonly Card[], places: (id: string) => { x: number; y: number } | undefined,
  sight: Sight, glyphs: Glyphs, colour: (name: string) => string,
): number {
  const { zoom, pan, width, height } = sight;
  let seen = 0;
  context.textBaseline = "alphabetic";
  for (const card of cards) {
    const place = places(card.id);
    if (!place) continue;
    const left = (place.x - CARD.width / 2) * zoom + pan.x;
    const top = (place.y - CARD.height / 2) * zoom + pan.y;
    if (left > width || top > height || left + CARD.width * zoom < 0 || top + CARD.height * zoom < 0) continue;
    seen++;
    context.save();
    context.translate(left, top);
    context.scale(zoom, zoom);
    context.globalAlpha = card.isFaint ? FAINT : 1;
    drawCard(context, card, zoom, glyphs, colour);
    context.restore();
  }
  return seen;
}

function drawCard(
  context: CanvasRenderingContext2D, card: Card, zoom: number, glyphs: Glyphs, colour: (name: string) => string,
): void {
  const font = colour("--font-ui");
  let textLeft = PAD + GLYPH + 8;
  if (card.isGroup || card.count !== undefined) drawStack(context, colour);
  if (card.count !== undefined) {
    context.font = `600 16px ${font}`;
    context.fillStyle = colour("--ent-group");
    context.fillText(card.count, PAD, CARD.height / 2 + 6);
    textLeft = PAD + context.measureText(card.count).width + 8;
  } else if (card.isGroup) {
    drawDots(context, colour);
  } else {
    glyphs.draw(context, card.type, PAD, (CARD.height - GLYPH) / 2, GLYPH, colour);
  }
  if (zoom < NAMES_FROM) return;
  const room = CARD.width - textLeft - PAD - (card.hidden > 0 ? 14 : 0);
  const second = zoom >= SECOND_FROM ? card.second : "";
  const size = Math.max(12, Math.ceil(2 * SMALLEST / zoom) / 2);
  context.fillStyle = colour("--text");
  context.font = `500 ${String(size)}px ${font}`;
  const lines = folded(context, card.name, room, second === "" ? Math.max(1, Math.floor((CARD.height - 4) / (size * LEADING))) : 2);
  const place = placed(lines.length, second !== "", size);
  lines.forEach((line, at) => { context.fillText(line, textLeft, place.name + at * place.leading); });
  if (second !== "") {
    context.fillStyle = colour("--text-3");
    context.font = `400 11px ${font}`;
    context.fillText(shortened(context, second, room), textLeft, place.second);
  }
  if (card.hidden > 0) {
    context.strokeStyle = colour("--text-3");
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(CARD.width - 13, CARD.height / 2 - 4);
    context.lineTo(CARD.width - 9, CARD.height / 2);
    context.lineTo(CARD.width - 13, CARD.height / 2 + 4);
    context.stroke();
  }
  if (card.isPinned) mark(context, CARD.width - 4, 2, "•", colour("--accent"), colour("--bg-surface"), font);
  if (card.isDisputed) mark(context, CARD.width - 4, 2, "≠", colour("--danger"), colour("--bg-surface"), font);
}

/** Where the lines of a name and the second line under it stand, px from the top of the card. */
export function placed(lines: number, hasSecond: boolean, size: number): { name: number; leading: number; second: number } {
  if (hasSecond) return lines > 1 ? { name: 13, leading: 12.5, second: 38 } : { name: 18, leading: 0, second: 33 };
  const leading = size * LEADING;
  return { name: CARD.height / 2 + size * 0.36 - (leading * (lines - 1)) / 2, leading, second: CARD.height };
}

/** The edges of two more cards behind this one. */
export const STACK = [3, 6].map((off) => {
  const [right, low] = [CARD.width + off, CARD.height + off];
  return `M${String(CARD.width)} ${String(off + 2)}Q${String(right)} ${String(off + 2)} ${String(right)} ${String(off + 8)}V${String(low - 8)}Q${String(right)} ${String(low)} ${String(right - 8)} ${String(low)}H${String(off + 8)}Q${String(off + 2)} ${String(low)} ${String(off + 2)} ${String(CARD.height)}`;
});

function drawStack(context: CanvasRenderingContext2D, colour: (name: string) => string): void {
  context.strokeStyle = colour("--line-control");
  context.lineWidth = 1;
  for (const edge of STACK) context.stroke(new Path2D(edge));
}

/** Nine dots: many that are not named. */
export const DOTS = [6, 12, 18].flatMap((y) => [6, 12, 18].map((x) => ({ x: PAD + x, y: (CARD.height - GLYPH) / 2 + y })));

function drawDots(context: CanvasRenderingContext2D, colour: (name: string) => string): void {
  context.fillStyle = colour("--ent-group");
  for (const { x, y } of DOTS) {
    context.beginPath();
    context.arc(x, y, 2, 0, 2 * Math.PI);
    context.fill();
  }
}

function mark(
  context: CanvasRenderingContext2D, x: number, y: number, sign: string, fill: string, ink: string, font: string,
): void {
  context.fillStyle = fill;
  context.beginPath();
  context.arc(x, y, 8, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = ink;
  context.font = `600 11px ${font}`;
  context.textAlign = "center";
  context.fillText(sign, x, y + 4);
  context.textAlign = "left";
}

/** The band behind those whom it begins with. */
export function drawBand(
  context: CanvasRenderingContext2D, columns: readonly Column[], { zoom, pan, height }: Sight, colour: (name: string) => string,
): void {
  if (!columns.some(({ tier }) => tier === 0)) return;
  context.fillStyle = colour("--bg-tier-band");
  context.fillRect(pan.x - (BAND / 2) * zoom, 0, BAND * zoom, height);
}

/** Titles of the tiers over their columns; only that of the focus has a band. */
export function drawColumns(
  context: CanvasRenderingContext2D, columns: readonly Column[], sight: Sight, colour: (name: string) => string,
): void {
  const { zoom, pan } = sight;
  context.font = `400 12px ${colour("--font-ui")}`;
  for (const { tier, title, count } of columns) {
    const left = (tier * COLUMN - CARD.width / 2) * zoom + pan.x;
    const room = COLUMN * zoom - 8;
    if (room < 40) continue;
    const number = String(count);
    const chip = context.measureText(number).width + 12;
    const text = shortened(context, title, room - chip - 8);
    const width = context.measureText(text).width;
    context.fillStyle = colour(tier === 0 ? "--bg-tier-band" : "--bg-canvas");
    context.fillRect(left - 3, 0, width + chip + 14, HEAD);
    context.fillStyle = colour("--text-2");
    context.fillText(text, left, 18);
    context.fillStyle = colour("--bg-hover");
    context.beginPath();
    context.roundRect(left + width + 8, 5, chip, 18, 9);
    context.fill();
    context.fillStyle = colour("--text-2");
    context.fillText(number, left + width + 14, 18);
  }
}

/** A text in as many lines as there is room for, broken between words and behind hyphens, its end cut off by an ellipsis. */
export function folded(context: CanvasRenderingContext2D, text: string, room: number, most: number): string[] {
  const key = `${context.font} ${String(Math.round(room))} ${String(most)} ${text}`;
  const known = cut.get(key);
  if (known !== undefined) return known.split("\n");
  const words = text.replace(/\s+/g, " ").trim().split(BREAKS);
  const lines: string[] = [];
  while (words.length > 0 && lines.length < most - 1) {
    let line = words.shift() ?? "";
    while (words.length > 0 && context.measureText((line + (words[0] ?? "")).trimEnd()).width <= room) line += words.shift() ?? "";
    lines.push(shortened(context, line.trimEnd(), room));
  }
  if (words.length > 0) lines.push(shortened(context, words.join(""), room));
  keep(key, lines.join("\n"));
  return lines;
}

/** A text that fits, its end cut off by an ellipsis. */
export function shortened(context: CanvasRenderingContext2D, text: string, room: number): string {
  const key = `${context.font} ${String(Math.round(room))} ${text}`;
  const known = cut.get(key);
  if (known !== undefined) return known;
  let fits = text;
  if (context.measureText(text).width > room) {
    let [low, high] = [0, text.length];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (context.measureText(`${text.slice(0, middle).trimEnd()}…`).width <= room) low = middle;
      else high = middle - 1;
    }
    fits = `${text.slice(0, low).trimEnd()}…`;
  }
  keep(key, fits);
  return fits;
}

function keep(key: string, found: string): void {
  if (cut.size > 5000) cut.clear();
  cut.set(key, found);
}
