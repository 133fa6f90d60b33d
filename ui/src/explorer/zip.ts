/**
 * What write-excel-file packs with, in place of fflate's own: that packs large files in a worker from a blob: address,
 * which the Content-Security-Policy refuses (see vite.config.ts).
 */
import { zipSync, type AsyncZippable, type Zippable } from "fflate/browser";

export { strToU8, Zip, ZipDeflate, AsyncZipDeflate, zipSync } from "fflate/browser";

export function zip(files: AsyncZippable, done: (error: Error | null, packed: Uint8Array) => void): void {
  done(null, zipSync(files as Zippable));
}
