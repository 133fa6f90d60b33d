/** Certificates: the link that proves an answer later, kept as a file and asked again. */
import { ask, type Answer } from "../api/ask";

export type Certificate = Answer<"/api/v1/certificate">;

const ROUTE = "/api/v1/certificate";

/** Ask what a certificate's link asks; with a hash in it the answer says whether it is still the same. */
export function askAgain(link: string, lang: string, signal?: AbortSignal): Promise<Certificate> {
  return ask(ROUTE, { ...Object.fromEntries(new URL(link, location.origin).searchParams), lang }, signal);
}

/** What is kept: the link with the hash, and what was answered. */
export function toFile(certificate: Certificate): Blob {
  return new Blob([JSON.stringify(certificate, null, 1)], { type: "application/json" });
}

/** The link in a file that was kept; undefined where it is no certificate. */
export function linkIn(text: string): string | undefined {
  try {
    const found = JSON.parse(text) as { data?: { certificate?: unknown } } | null;
    const link = found?.data?.certificate;
    return typeof link === "string" && link.startsWith(`${ROUTE}?`) ? link : undefined;
  } catch {
    return undefined;
  }
}
