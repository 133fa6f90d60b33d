/** What a picture as a file is made with: the colours of the theme, the room that words take, the glyphs. */
import { folded } from "./cards";
import type { Means } from "./svg";

/** The means for a picture of that title, in the theme that is on; a caption is written over it. */
export async function meansOf(title: string, description: string, caption?: string): Promise<Means> {
  return { colour, fold, title, description, caption, glyphs: await textOf("/static/glyphs.svg") };
}

/** What stands at an address of the service. */
export async function textOf(address: string | URL): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(String(response.status));
  return response.text();
}

/** The value of a token of the theme that is on. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

const measure = document.createElement("canvas");

function fold(words: string, room: number, font: string, most: number): string[] {
  const context = measure.getContext("2d");
  if (context === null) return [words];
  context.font = font;
  return folded(context, words, room, most);
}
