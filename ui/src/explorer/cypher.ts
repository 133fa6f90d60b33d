/** What is shown as Cypher: the service's own query, asked for the claims of the links that are shown. */
import { textOf } from "./means";
import { linkId, type Net, type NetworkAnswer } from "./net";

const NO_CLAIMS = "claims: []";

/**
 * The file; links name their claims only where these are asked for, so every answer is asked for once more.
 *
 * @param cut words for the first line where a link has more claims than it names.
 */
export async function toCypher({ edges }: Net, answers: readonly NetworkAnswer[], cut: (named: number, total: number) => string): Promise<Blob> {
  const query = answers[0]?.links.cypher;
  if (query === undefined) return new Blob([]);
  const [text, ...named] = await Promise.all([textOf(query), ...answers.map(withClaims)]);
  const claims = claimsOf(named, new Set(edges.map(({ id }) => id)));
  const total = edges.reduce((sum, own) => sum + own.claims, 0);
  const said = claims.length < total ? `// ${cut(claims.length, total)}\n` : "";
  return new Blob([`${said}${text.trim().replace(NO_CLAIMS, () => `claims: ${JSON.stringify(claims)}`)};\n`], { type: "text/plain;charset=utf-8" });
}

/** The claims of some links, each as often as once, though several answers may hold it. */
export function claimsOf(answers: readonly NetworkAnswer[], shown: ReadonlySet<string>): string[] {
  const claims = answers.flatMap(({ data: { items, edges } }) =>
    edges.filter((link) => shown.has(linkId(items[link.from], link.relation, items[link.to]))).flatMap((link) => link.claims ?? []));
  return [...new Set(claims)];
}

async function withClaims({ links }: NetworkAnswer): Promise<NetworkAnswer> {
  const address = new URL(links.self ?? "", location.origin);
  address.searchParams.delete("claims");
  return JSON.parse(await textOf(address)) as NetworkAnswer;
}
