import createClient from "openapi-fetch";
import type { components, paths } from "../generated/schema";

export type Schemas = components["schemas"];
export type Entity = Schemas["EntityItem"];
export type Claim = Schemas["ClaimItem"];
export type Amount = Schemas["AmountItem"];
export type Document = Schemas["DocumentItem"];

export const api = createClient<paths>({ baseUrl: "/" });

const UNANSWERED = 0;

// Without this a request that nobody answers throws, and every caller would have to catch it.
api.use({
  onError: ({ error }) => (error instanceof DOMException && error.name === "AbortError" ? undefined : Response.error()),
});

/** What the service says when it cannot answer (RFC 9457), or that it did not answer at all. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly candidates: Entity[] = [],
    readonly parameter?: string,
    /** The detail in both languages, where the service knows it in both. */
    readonly words?: Partial<Record<string, string>>,
  ) {
    super(detail);
  }

  /** Whether nobody was there: no answer, or that of a proxy in front of a service that is down. */
  get isOffline(): boolean {
    return this.status === UNANSWERED || (this.status >= 500 && this.code === "unreadable");
  }

  /** Whether the same may succeed in a moment. */
  get mayPass(): boolean {
    return this.status === UNANSWERED || this.status >= 500;
  }

  static from(body: unknown, response: Response): Problem {
    const said = (body ?? {}) as Partial<Schemas["Problem"]> & { candidates?: Entity[]; near?: Entity[] };
    return new Problem(
      response.status,
      said.code ?? "unreadable",
      said.detail ?? response.statusText,
      said.candidates ?? said.near ?? [],
      said.parameter,
      said.words,
    );
  }
}
