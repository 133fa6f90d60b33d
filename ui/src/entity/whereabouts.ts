/** Where somebody and those around are: pins of those whose point is known, lines between them, and how many have none. */
import { precisionOf, type Net } from "../explorer/net";
import type { Line, Pin, Precision } from "../map/pins";
import { ACTORS } from "../parts/drawing";

export interface Whereabouts {
  pins: Pin[];
  lines: Line[];
  /** The id of the one it is about. */
  selected: string;
  /** How surely its own point is known; undefined where it has none. */
  own: Precision | undefined;
  /** How many neighbours that could have a point have none. */
  unplaced: number;
}

export function placesOf({ nodes, edges }: Net): Whereabouts {
  const all = [...nodes.values()];
  const own = all.find(({ tier }) => tier === 0);
  const pins = all.flatMap((node): Pin[] => {
    const precision = precisionOf(node);
    if (node.point === undefined || precision === undefined) return [];
    const { id, name, type, place } = node.entity;
    return [{ id, name, lat: node.point[0], lon: node.point[1], precision, kind: type, place: place ?? "" }];
  });
  const at = new Map(pins.map((pin) => [pin.id, pin]));
  return {
    pins,
    lines: edges.flatMap(({ from, to, status }) => {
      const [start, end] = [at.get(from), at.get(to)];
      if (!start || !end || (start.lat === end.lat && start.lon === end.lon)) return [];
      return [{ from: [start.lat, start.lon] as const, to: [end.lat, end.lon] as const, isCertain: status !== "planned" }];
    }),
    selected: own?.entity.id ?? "",
    own: own && precisionOf(own),
    unplaced: all.filter((node) => node !== own && node.point === undefined && [...ACTORS, "Country"].includes(node.entity.type)).length,
  };
}
