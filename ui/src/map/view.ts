/** What part of the earth the map shows, and how long a kilometre is on it. */
import { geoCircle, geoConicEqualArea, type GeoProjection } from "d3-geo";
import type { Circle, Pin } from "./pins";

const EARTH_KM = 6378.14;
const KM_IN_A_DEGREE = (Math.PI / 180) * EARTH_KM;
const LEAST_KM = 40;
const MARGIN = 36;
/** Room for what floats at the upper and lower edge. */
const ABOVE = 64;

export interface Size {
  width: number;
  height: number;
}

/** The rim of so many kilometres around a point. */
export function rim(centre: readonly [number, number], km: number): GeoJSON.Polygon {
  return geoCircle().center([centre[1], centre[0]]).radius(km / KM_IN_A_DEGREE)();
}

/** A conic projection fitted to the circle, else to the pins. */
export function fitted(pins: readonly Pin[], circle: Circle | undefined, { width, height }: Size): GeoProjection {
  const points = circle ? [circle.centre] : pins.map(({ lat, lon }) => [lat, lon] as const);
  const lats = points.map(([lat]) => lat);
  const [south, north] = lats.length ? [Math.min(...lats), Math.max(...lats)] : [44, 62];
  const middle = middleLongitude(points.map(([, lon]) => lon));
  const lat = clamped((south + north) / 2);
  const spread = Math.max(1, (north - south) / 3);
  const projection = geoConicEqualArea()
    .parallels(apart(lat - spread, lat + spread))
    .rotate([-middle, 0])
    .center([0, lat]);
  const shown: GeoJSON.GeometryCollection = {
    type: "GeometryCollection",
    geometries: circle
      ? [rim(circle.centre, circle.km)]
      : (points.length ? outermost(points, projection) : [[lat - 12, 20], [lat + 8, 70]] as const).map((point) => rim(point, LEAST_KM)),
  };
  const margin = Math.min(MARGIN, width / 8, height / 8);
  const top = Math.min(ABOVE, height / 6);
  return projection.fitExtent([[margin, top], [width - margin, height - top]], shown);
}

/** The points at the four edges of the picture, which alone decide its extent: to trace rims around thousands takes long. */
function outermost(points: readonly (readonly [number, number])[], projection: GeoProjection): (readonly [number, number])[] {
  const ways = [[1, 0], [-1, 0], [0, 1], [0, -1]] as const;
  const found = ways.map(() => ({ far: -Infinity, point: points[0] ?? ([0, 0] as const) }));
  for (const point of points) {
    const at = projection([point[1], point[0]]);
    if (at === null) continue;
    ways.forEach(([x, y], way) => {
      const far = x * at[0] + y * at[1];
      if (far > (found[way]?.far ?? Infinity)) found[way] = { far, point };
    });
  }
  return [...new Set(found.map(({ point }) => point))];
}

/** A cone needs parallels that are not opposite. */
function apart(south: number, north: number): [number, number] {
  return Math.abs(south + north) < 2 ? [south, north + 4] : [south, north];
}

function clamped(lat: number): number {
  return Math.max(-80, Math.min(80, lat));
}

/** The middle of longitudes the short way round, so that the antimeridian parts nothing. */
export function middleLongitude(lons: readonly number[]): number {
  if (lons.length === 0) return 45;
  const sorted = [...lons].sort((a, b) => a - b);
  let [widest, start] = [-1, 0];
  sorted.forEach((lon, place) => {
    const next = sorted[(place + 1) % sorted.length] ?? lon;
    const gap = place + 1 === sorted.length ? next + 360 - lon : next - lon;
    if (gap > widest) [widest, start] = [gap, next];
  });
  const middle = start + (360 - widest) / 2;
  return ((middle + 540) % 360) - 180;
}

/** The projection after zooming and panning. */
export function moved(base: GeoProjection, centre: number, at: { k: number; x: number; y: number }, { width, height }: Size): GeoProjection {
  const [x, y] = base.translate();
  return geoConicEqualArea()
    .parallels((base as ReturnType<typeof geoConicEqualArea>).parallels())
    .rotate([centre, 0])
    .center(base.center())
    .scale(base.scale() * at.k)
    .translate([at.x + at.k * x, at.y + at.k * y])
    .clipExtent([[-20, -20], [width + 20, height + 20]]);
}

/** Pixels of a kilometre. */
export function pixelsPerKm(projection: GeoProjection): number {
  return projection.scale() / EARTH_KM;
}

/** The longest round distance that fits into so many pixels: 1, 2 or 5 times a power of ten. */
export function scaleBar(perKm: number, most: number): { km: number; pixels: number } {
  const fits = most / perKm;
  const power = 10 ** Math.floor(Math.log10(fits));
  const km = ([5, 2, 1].find((times) => times * power <= fits) ?? 1) * power;
  return { km, pixels: km * perKm };
}

/** Degrees between two lines of the graticule, so that some three to eight are seen. */
export function graticuleStep(perKm: number, width: number): number {
  const degrees = width / perKm / KM_IN_A_DEGREE;
  return [0.1, 0.25, 0.5, 1, 2, 5, 10, 20].find((step) => degrees / step <= 8) ?? 20;
}

/** The zoom of a web map of the same scale, by which pins are put together. */
export function webZoom(perKm: number, lat: number): number {
  const world = 2 * Math.PI * EARTH_KM * Math.cos((lat * Math.PI) / 180) * perKm;
  return Math.max(0, Math.floor(Math.log2(world / 512)));
}
