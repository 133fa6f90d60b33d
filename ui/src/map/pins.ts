import { glyphOf } from "../parts/drawing";

/** A point is that of the site, or only of its town or district. */
export type Precision = "site" | "town";

/** Something at a place. */
export interface Pin {
  id: string;
  name: string;
  lat: number;
  lon: number;
  precision: Precision;
  /** certain, possible, rejected, centre, or a type of the graph. */
  kind: string;
  /** One or two signs inside the pin, such as its place in the list beside the map. */
  label?: string;
  /** The town, written where several pins fan out from its point. */
  place?: string;
  /** What the voice says after the name. */
  said?: string;
}

/** Something of which only the region is known: it stands in a tray, never at a made-up point. */
export interface Unplaced {
  id: string;
  name: string;
  kind: string;
  label?: string;
  /** The region, or nothing where not even that is known. */
  place?: string;
}

/** All within so many kilometres of a point. */
export interface Circle {
  centre: readonly [lat: number, lon: number];
  km: number;
}

/** A tie between two points; dotted unless certain. */
export interface Line {
  from: readonly [lat: number, lon: number];
  to: readonly [lat: number, lon: number];
  isCertain: boolean;
}

/** The token that colours a pin. */
export function colourToken(kind: string): string {
  if (kind === "certain") return "--ent-plant";
  if (kind === "possible") return "--warn";
  if (kind === "rejected") return "--text-3";
  if (kind === "centre") return "--accent";
  return `--ent-${glyphOf(kind)}`;
}
