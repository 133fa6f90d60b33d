/** Figures that exclude each other, put together where they say the same, and their places on one scale. */
import type { Amount, Claim } from "../api/client";

const AMOUNTS = ["value", "quantity", "capacity"] as const;

/** What a claim measures: bounds, of which either may be open; shares have no unit. */
export interface Bounds {
  name: string;
  low?: number | undefined;
  high?: number | undefined;
  unit?: string | undefined;
  isShare: boolean;
}

/** A figure on the scale, in parts of its width. */
export interface Place {
  isChosen: boolean;
  at: number;
  first: number;
  last: number;
  isOpen: boolean;
}

/** A common scale from zero. */
export interface Scale {
  places: Place[];
  ticks: { at: number; value: number }[];
  unit?: string | undefined;
  isShare: boolean;
}

const TICKS = 4;
/** The scale goes a little beyond the largest figure. */
const ROOM = 1.08;

/** The figure that a claim states, if it states one. */
export function boundsOf({ stated }: Claim): Bounds | undefined {
  for (const name of AMOUNTS) {
    const amount = stated[name] as Amount | undefined;
    if (amount !== undefined) {
      return { name, low: numberOf(amount.low), high: numberOf(amount.high), unit: unitOf(amount), isShare: false };
    }
  }
  const name = Object.keys(stated).find((own) => Array.isArray(stated[own]));
  if (name === undefined) return undefined;
  const [low, high] = stated[name] as number[];
  return { name, low, high, isShare: true };
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function unitOf({ unit, per_year }: Amount): string | undefined {
  return unit === undefined ? undefined : unit + (per_year ? "/year" : "");
}

/** Claims that state the same stand together, in the order in which they came. */
export function grouped(claims: readonly Claim[]): Claim[][] {
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const { name, low, high, unit } = boundsOf(claim) ?? {};
    const key = JSON.stringify([name, low, high, unit, name === undefined ? claim.object?.id : null, claim.status]);
    groups.set(key, [...(groups.get(key) ?? []), claim]);
  }
  return [...groups.values()];
}

/** A scale for the chosen figure and its rivals, where all are of one unit and none below zero. */
export function scaleOf(chosen: Claim, rivals: readonly Claim[]): Scale | undefined {
  const found = [chosen, ...rivals].map(boundsOf);
  const like = found[0];
  if (like === undefined || found.some((one) => one === undefined || one.unit !== like.unit || one.isShare !== like.isShare)) return undefined;
  const figures = found.filter((one) => one !== undefined);
  const ends = figures.flatMap(({ low, high }) => [low, high]).filter((end) => end !== undefined);
  const most = Math.max(...ends, 0);
  if (ends.length === 0 || Math.min(...ends) < 0 || most === 0) return undefined;
  const width = most * ROOM;
  const step = roundStep(most / TICKS);
  const places = figures.map(({ low, high }, number): Place => {
    const first = (low ?? 0) / width;
    const last = high === undefined ? 1 : high / width;
    return { isChosen: number === 0, at: low === undefined ? last : first, first, last, isOpen: low === undefined || high === undefined };
  });
  const ticks = Array.from({ length: Math.floor(width / step + 1e-9) + 1 }, (_, n) => ({ at: (n * step) / width, value: n * step }));
  return { places: [...new Map(places.map((one) => [JSON.stringify(one), one])).values()], ticks, unit: like.unit, isShare: like.isShare };
}

/** 1, 2 or 5 times a power of ten, not below `rough`. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough * (1 - 1e-9)) ?? 10 * power;
}
