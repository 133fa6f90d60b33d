import { lazy, Suspense, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Boundary, Broken, loaded } from "../parts/Broken";
import type { Circle, Line, Pin, Unplaced } from "./pins";
import "../style/map.css";

const MapCanvas = lazy(() => loaded(import("./MapCanvas")));

export interface MapProps {
  /** What the map shows, for those who do not see it. */
  label: string;
  /** What it is called as a file; its label unless given. */
  title?: string | undefined;
  pins: readonly Pin[];
  circle?: Circle | undefined;
  lines?: readonly Line[];
  /** Those of whom no point is known. */
  unplaced?: readonly Unplaced[];
  selected?: string | undefined;
  onSelect: (id: string) => void;
  /** A card that floats over the map. */
  children?: ReactNode;
}

/** A map of pins; the list beside it says the same in words. Its code and the land are loaded when it is first shown. */
export function MapView(props: MapProps) {
  const { t } = useTranslation();
  return (
    <Boundary instead={(error) => <div className="map"><Broken title={t("map.broken")} error={error} /></div>}>
      <Suspense fallback={<div className="map"><p className="hidden" role="status">{t("state.loading")}</p></div>}>
        <MapCanvas {...props} />
      </Suspense>
    </Boundary>
  );
}
