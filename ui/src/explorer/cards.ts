/** What stands on the cards, drawn over the graph: glyph, name, second line, counts, and the heads of the tiers. */
import type { Glyphs } from "./glyphs";
import type { Card, Column } from "./renderer";
import { CARD, COLUMN } from "./tiers";

const PAD = 7;
const GLYPH = 24;
const NAMES_FROM = 0.5;
const SECOND_FROM = 0.9;
const HEAD = 26;

export interface Sight {
  zoom: number;
  pan: { x: number; y: number };
  width: number;
  height: number;
}

const cut = new Map<string, string>();

/** Draw what lies in sight. Below half size only glyphs, then short names, from nine tenths whole cards. */
export function drawCards(
  context: CanvasRenderingContext2D, cards: readonly Card[], places: (id: string) => { x: number; y: number } | undefined,
  sight: Sight, glyphs: Glyphs, colour: (name: string) => string,
): void {
  const { zoom, pan, width, height } = sight;
  context.textBaseline = "alphabetic";
  for (const card of cards) {
    const place = places(card.id);
    if (!place) continue;
    const left = (place.x - CARD.width / 2) * zoom + pan.x;
    const top = (place.y - CARD.height / 2) * zoom + pan.y;
    if (left > width || top > height || left + CARD.width * zoom < 0 || top + CARD.height * zoom < 0) continue;
    context.save();
    context.translate(left, top);
    context.scale(zoom, zoom);
    drawCard(context, card, zoom, glyphs, colour);
    context.restore();
  }
}

function drawCard(
  context: CanvasRenderingContext2D, card: Card, zoom: number, glyphs: Glyphs, colour: (name: string) => string,
): void {
  const font = colour("--font-ui");
  let textLeft = PAD + GLYPH + 8;
  if (card.count !== undefined) {
    context.font = `600 16px ${font}`;
    context.fillStyle = colour("--ent-group");
    context.fillText(card.count, PAD, CARD.height / 2 + 6);
    textLeft = PAD + context.measureText(card.count).width + 8;
  } else {
    glyphs.draw(context, card.type, PAD, (CARD.height - GLYPH) / 2, GLYPH, colour);
  }
  if (zoom < NAMES_FROM) return;
  const room = CARD.width - textLeft - PAD - (card.hidden > 0 ? 14 : 0);
  const isWhole = zoom >= SECOND_FROM && card.second !== "";
  context.fillStyle = colour("--text");
  context.font = `500 12px ${font}`;
  context.fillText(shortened(context, card.name, room), textLeft, isWhole ? 18 : 25);
  if (isWhole) {
    context.fillStyle = colour("--text-3");
    context.font = `400 11px ${font}`;
    context.fillText(shortened(context, card.second, room), textLeft, 33);
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
    const text = shortened(context, `${title}  ${String(count)}`, room);
    context.fillStyle = colour("--bg-canvas");
    context.fillRect(left - 3, 4, context.measureText(text).width + 6, HEAD - 6);
    context.fillStyle = colour("--text-2");
    context.fillText(text, left, 18);
  }
}

/** A text that fits, its end cut off by an ellipsis. */
function shortened(context: CanvasRenderingContext2D, text: string, room: number): string {
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
  if (cut.size > 5000) cut.clear();
  cut.set(key, fits);
  return fits;
}
