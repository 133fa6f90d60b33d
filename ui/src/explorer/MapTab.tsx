import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { MapView } from "../map/MapView";
import type { Line, Pin, Unplaced } from "../map/pins";
import { ACTORS } from "../parts/drawing";
import type { Net } from "./net";

interface Props {
  shown: Net;
  title: string;
  selected: string | undefined;
  onSelect: (id: string) => void;
}

/** The same entities on a map, with the links between those of whom a point is known; the others stand in a tray. */
export function MapTab({ shown, title, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const { pins, lines, unplaced } = useMemo(() => mapOf(shown), [shown]);
  return (
    <MapView
      label={t("explorer.map", { count: pins.length })} title={title} pins={pins} lines={lines} unplaced={unplaced} selected={selected} onSelect={onSelect}
    />
  );
}

function mapOf(shown: Net): { pins: Pin[]; lines: Line[]; unplaced: Unplaced[] } {
  const nodes = [...shown.nodes.values()];
  const placed = nodes.filter(({ point }) => point !== undefined);
  const points = new Map(placed.map(({ entity, point = [0, 0] }) => [entity.id, point] as const));
  return {
    pins: placed.map(({ entity, point = [0, 0], isTown, tier }) => ({
      id: entity.id, name: entity.name, lat: point[0], lon: point[1], precision: isTown ? "town" : "site",
      kind: tier === 0 ? "centre" : entity.type, place: entity.place ?? "",
    })),
    lines: shown.edges.flatMap(({ from, to, status }) => {
      const [start, end] = [points.get(from), points.get(to)];
      return start && end ? [{ from: start, to: end, isCertain: status !== "planned" }] : [];
    }),
    unplaced: nodes
      .filter(({ entity, point }) => point === undefined && ACTORS.includes(entity.type))
      .map(({ entity }) => ({ id: entity.id, name: entity.name, kind: entity.type, label: "?", place: entity.place ?? "" })),
  };
}
