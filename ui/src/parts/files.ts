/** Giving somebody a file. */
const LONGEST_NAME = 80;

/** Give somebody a file. */
export function download(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(link.href); }, 10_000);
}

/** Make a file and give it to somebody, called by its title and this day; nothing is given where `make` has nothing. */
export async function save(title: string, ending: string, make: () => Blob | undefined | Promise<Blob | undefined>): Promise<void> {
  const made = await make();
  if (made) download(made, fileName(title, ending, new Date().toISOString().slice(0, 10)));
}

/** What a canvas shows as PNG. */
export function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => { if (blob) done(blob); else failed(new Error("no picture")); });
  });
}

/** What a file is called: the title and the day it was saved, without what file systems refuse. */
export function fileName(title: string, ending: string, day: string): string {
  const kept = title.replaceAll(/[\p{C}/\\:*?"<>|«»]+/gu, " ").replaceAll(/\s+/g, " ").trim().slice(0, LONGEST_NAME).trim();
  return `${kept || "zveno"} ${day}.${ending}`;
}
