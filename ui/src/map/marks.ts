/** Where pins stand on the map: those at one point fan out, many become one ring with their number. */
import Supercluster from "supercluster";
import type { Pin } from "./pins";

export interface PinMark {
  pin: Pin;
  x: number;
  y: number;
  r: number;
  /** The point it stands for, where it had to be moved aside. */
  anchor?: { x: number; y: number };
}

export interface ClusterMark {
  cluster: string;
  count: number;
  kinds: Record<string, number>;
  lat: number;
  lon: number;
  x: number;
  y: number;
  r: number;
}

export type Mark = PinMark | ClusterMark;
export type Project = (lat: number, lon: number) => readonly [x: number, y: number] | null;

/** From so many pins on they are put together by supercluster. */
export const MANY = 80;
const NEAR = 14;
const FAN = 9;
const [RADIUS, REJECTED, LABELLED] = [6, 9, 12];

export type Index = Supercluster<{ pin: Pin; kinds?: Record<string, number> }, { kinds: Record<string, number> }>;

/** An index of many pins by zoom; none is needed for a few. */
export function indexOf(pins: readonly Pin[]): Index | null {
  if (pins.length <= MANY) return null;
  const index: Index = new Supercluster({
    radius: 44, maxZoom: 14, minPoints: 3,
    map: ({ pin }) => ({ kinds: { [pin.kind]: 1 } }),
    reduce: (sum, { kinds }) => {
      sum.kinds = { ...sum.kinds };
      for (const [kind, count] of Object.entries(kinds)) sum.kinds[kind] = (sum.kinds[kind] ?? 0) + count;
    },
  });
  index.load(pins.filter(({ kind }) => kind !== "centre").map((pin) => ({
    type: "Feature", properties: { pin }, geometry: { type: "Point", coordinates: [pin.lon, pin.lat] },
  })));
  return index;
}

/** Marks of all pins; the centre never moves. */
export function marksOf(pins: readonly Pin[], index: Index | null, zoom: number, project: Project): Mark[] {
  const groups = index === null ? nearby(pins, project) : clustered(pins, index, zoom, project);
  return groups.flatMap((group) => fanned(group, project));
}

interface Group {
  x: number;
  y: number;
  pins: Pin[];
  count: number;
  kinds: Record<string, number>;
  id: string;
  lat: number;
  lon: number;
}

function nearby(pins: readonly Pin[], project: Project): Group[] {
  const groups: Group[] = [];
  for (const pin of [...pins].sort((a, b) => Number(b.kind === "centre") - Number(a.kind === "centre"))) {
    const at = project(pin.lat, pin.lon);
    if (at === null) continue;
    const group = groups.find(({ x, y }) => Math.hypot(x - at[0], y - at[1]) < NEAR);
    if (group) {
      group.pins.push(pin);
      group.count += 1;
      group.kinds[pin.kind] = (group.kinds[pin.kind] ?? 0) + 1;
    } else groups.push(alone(pin, at));
  }
  return groups;
}

function alone(pin: Pin, [x, y]: readonly [number, number]): Group {
  return { x, y, pins: [pin], count: 1, kinds: { [pin.kind]: 1 }, id: pin.id, lat: pin.lat, lon: pin.lon };
}

function clustered(pins: readonly Pin[], index: Index, zoom: number, project: Project): Group[] {
  const groups: Group[] = [];
  for (const { properties, geometry } of index.getClusters([-180, -85, 180, 85], Math.min(zoom, 15))) {
    const [lon = 0, lat = 0] = geometry.coordinates;
    const at = project(lat, lon);
    if (at === null) continue;
    if ("cluster_id" in properties) {
      const count = properties.point_count;
      groups.push({
        x: at[0], y: at[1], lat, lon, count, kinds: properties.kinds, id: String(properties.cluster_id),
        pins: count <= FAN && zoom >= 14 ? index.getLeaves(properties.cluster_id, FAN).map((leaf) => leaf.properties.pin) : [],
      });
    } else groups.push(alone(properties.pin, at));
  }
  for (const pin of pins) {
    const at = pin.kind === "centre" ? project(pin.lat, pin.lon) : null;
    if (at) groups.push(alone(pin, at));
  }
  return groups;
}

function fanned({ x, y, pins, count, kinds, id, lat, lon }: Group, project: Project): Mark[] {
  const centres = pins.filter(({ kind }) => kind === "centre");
  const others = pins.filter(({ kind }) => kind !== "centre");
  const marks: Mark[] = centres.map((pin) => ({ pin, x, y, r: 9 }));
  if (pins.length === 0 || others.length > FAN) {
    const away = centres.length ? 34 : 0;
    return [...marks, { cluster: id, count: others.length || count, kinds, lat, lon, x: x + away, y, r: 14 + Math.min(10, Math.log2(count) * 1.5) }];
  }
  const [only] = others;
  if (only && others.length === 1 && centres.length === 0) return [{ pin: only, x, y, r: radius(only) }];
  return [...marks, ...others.map((pin, place) => {
    const [dx, dy] = fanPlace(place, others.length);
    const [ownX, ownY] = project(pin.lat, pin.lon) ?? [x, y];
    return { pin, x: x + dx, y: y + dy, r: radius(pin), anchor: { x: ownX, y: ownY } };
  })];
}

/** Where the one at `place` of `count` stands around its point: below it, and all round for more than four. */
export function fanPlace(place: number, count: number): readonly [dx: number, dy: number] {
  const away = Math.max(38, (count * LABELLED * 2.6) / (2 * Math.PI));
  const angle = count <= 4 ? 90 - (place - (count - 1) / 2) * -48 : 90 + (place * 360) / count;
  const radians = (angle * Math.PI) / 180;
  return [-away * Math.cos(radians), away * Math.sin(radians)];
}

function radius(pin: Pin): number {
  if (pin.kind === "rejected") return REJECTED;
  return pin.label === undefined ? RADIUS : LABELLED;
}

/** The mark under a point of the screen, the nearest of several. */
export function markAt(marks: readonly Mark[], x: number, y: number): Mark | undefined {
  return marks
    .map((mark) => ({ mark, away: Math.hypot(mark.x - x, mark.y - y) }))
    .filter(({ mark, away }) => away <= Math.max(12, mark.r + 3))
    .sort((a, b) => a.away - b.away)[0]?.mark;
}
