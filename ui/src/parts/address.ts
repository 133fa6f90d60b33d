/** What stands in an address. */

/**
 * What an address of a page names after the page's own word, as `a/b` in `/documents/a%2Fb`.
 *
 * It is read from the address itself: the router decodes that as a whole, which leaves some signs as they are written,
 * so that nobody could tell afterwards whether they stood for themselves.
 */
export function namedIn(pathname: string): string {
  const written = pathname.split("/").slice(2).join("/").replace(/\/$/, "");
  try {
    return decodeURIComponent(written);
  } catch {
    return written; // somebody wrote a bare % into the address
  }
}
