import createClient from "openapi-fetch";
import type { components, paths } from "../generated/schema";

export type Schemas = components["schemas"];
export type Entity = Schemas["EntityItem"];
export type Claim = Schemas["ClaimItem"];
export type Amount = Schemas["AmountItem"];
export type Document = Schemas["DocumentItem"];

export const api = createClient<paths>({ baseUrl: "/" });

/** What the service says when it cannot answer (RFC 9457), or that it did not answer at all. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly candidates: Entity[] = [],
    readonly parameter?: string,
  ) {
    super(detail);
  }

  static from(body: unknown, response: Response): Problem {
    const said = (body ?? {}) as Partial<Schemas["Problem"]> & { candidates?: Entity[]; near?: Entity[] };
    return new Problem(
      response.status,
      said.code ?? "unreadable",
      said.detail ?? response.statusText,
      said.candidates ?? said.near ?? [],
      said.parameter,
    );
  }
}
