/** What is asked on the page of partners, as it stands in the address. */

/** Reasons in the order of the page, with the weight that the service gives them unless told. */
export const USUAL_WEIGHTS = { distance: 1, capacity: 0.5, tie: 0.5, shared: 1 } as const;

export type Reason = keyof typeof USUAL_WEIGHTS;
export type Weights = Record<Reason, number>;
export const REASONS = Object.keys(USUAL_WEIGHTS) as Reason[];
export const USUAL_KM = 100;
export const MOST_KM = 1000;
export const PAGE = 20;

export interface Search {
  id: string;
  /** Suppliers of the one asked for, or its customers. */
  who: "suppliers" | "customers";
  product: string;
  /** null = at any distance. */
  km: number | null;
  region: string;
  /** Those who are passed over: whoever is to be replaced. */
  without: string[];
  order: "score" | "distance";
  weights: Weights;
  limit: number;
  /** The one shown on the map. */
  at: string;
}

/** Read the address; what makes no sense is the usual. */
export function searchOf(given: URLSearchParams): Search {
  const km = given.get("within_km");
  const limit = Number(given.get("limit"));
  return {
    id: given.get("id") ?? "",
    who: given.get("who") === "customers" ? "customers" : "suppliers",
    product: given.get("product") ?? "",
    km: km === "any" ? null : Number(km) > 0 ? Number(km) : USUAL_KM,
    region: given.get("region") ?? "",
    without: (given.get("-entity") ?? "").split(",").filter(Boolean),
    order: given.get("order") === "distance" ? "distance" : "score",
    weights: weightsOf(given.get("weights") ?? ""),
    limit: Number.isInteger(limit) && limit > 0 ? Math.min(limit, 1000) : PAGE,
    at: given.get("at") ?? "",
  };
}

/** Write the address; what is usual is left out. */
export function addressOf(search: Partial<Search>): URLSearchParams {
  const found = new URLSearchParams();
  const put = (name: string, value: string | undefined) => { if (value) found.set(name, value); };
  put("id", search.id);
  put("who", search.who === "customers" ? "customers" : "");
  put("product", search.product);
  if (search.km === null) put("within_km", "any");
  else if (search.km !== undefined && search.km !== USUAL_KM) put("within_km", String(search.km));
  put("region", search.region);
  put("-entity", search.without?.join(","));
  put("order", search.order === "distance" ? "distance" : "");
  if (search.weights) put("weights", wordsOf(search.weights));
  if (search.limit !== undefined && search.limit !== PAGE) put("limit", String(search.limit));
  put("at", search.at);
  return found;
}

/** Weights from `distance=2,tie=0`; those not named keep theirs. */
export function weightsOf(text: string): Weights {
  const found: Weights = { ...USUAL_WEIGHTS };
  for (const part of text.split(",")) {
    const [name = "", value = ""] = part.split("=");
    const weight = Number(value);
    if (Object.hasOwn(USUAL_WEIGHTS, name) && value !== "" && weight >= 0 && Number.isFinite(weight)) found[name as Reason] = weight;
  }
  return found;
}

/** Weights as `distance=2,tie=0`, the usual ones left out. */
export function wordsOf(weights: Weights): string {
  return REASONS.filter((name) => weights[name] !== USUAL_WEIGHTS[name]).map((name) => `${name}=${weights[name]}`).join(",");
}

/** The next wider circle of round size that holds the nearest of those left out. */
export function wider(km: number, nearest = 0): number {
  const least = Math.max(nearest, km + 1);
  return [25, 50, 100, 150, 200, 300, 500, MOST_KM].find((next) => next >= least) ?? Math.ceil(least / 100) * 100;
}
