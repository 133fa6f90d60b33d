import { pngOf } from "../parts/files";
import { folded } from "./cards";
import { colour } from "./means";

const SHARP = 2;
const EDGE = 16 * SHARP;
const LEADING = 16 * SHARP;
const CAPTION_LINES = 3;

/** A picture of SVG as PNG, twice as sharp as a screen. */
export async function rasterised(svg: Blob): Promise<Blob> {
  const image = new Image();
  const address = URL.createObjectURL(svg);
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth * SHARP, image.naturalHeight * SHARP];
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await pngOf(canvas);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** A picture with a caption over it; the picture is as sharp as those here are. */
export async function captioned(picture: Blob, caption: string): Promise<Blob> {
  const below = await createImageBitmap(picture);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no canvas");
  const font = `${String(12 * SHARP)}px ${colour("--font-ui")}`;
  context.font = font;
  const lines = folded(context, caption, below.width - 2 * EDGE, CAPTION_LINES);
  const above = lines.length * LEADING + EDGE / 2;
  [canvas.width, canvas.height] = [below.width, below.height + above];
  context.fillStyle = colour("--bg-canvas");
  context.fillRect(0, 0, canvas.width, above);
  context.drawImage(below, 0, above);
  context.font = font; // the new size has taken it away
  context.textBaseline = "middle";
  context.fillStyle = colour("--text");
  lines.forEach((line, at) => { context.fillText(line, EDGE, EDGE / 4 + (at + 0.5) * LEADING); });
  return pngOf(canvas);
}
