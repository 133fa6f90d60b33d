import { useTranslation } from "react-i18next";
import type { Unplaced } from "./pins";

const SHOWN = 8;

interface Props {
  pins: readonly Unplaced[];
  selected: string | undefined;
  onSelect: (id: string) => void;
}

/** Those of whom only a region is known, at the edge of the map: no point is made up for them. */
export function Tray({ pins, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const places = Map.groupBy(pins, ({ place }) => place ?? "");
  return (
    <ul className="tray">
      {[...places].map(([place, own]) => (
        <li key={place}>
          <span>{place ? t("map.somewhere", { place }) : t("map.nowhere")}</span>
          {own.slice(0, SHOWN).map(({ id, name, label, kind }) => (
            <button
              key={id}
              className={`${kind === "rejected" ? "out" : kind} ${id === selected ? "on" : ""}`}
              aria-label={name}
              aria-pressed={id === selected}
              title={name}
              onClick={() => { onSelect(id); }}
            >
              {label ?? "×"}
            </button>
          ))}
          {own.length > SHOWN && <span>+{own.length - SHOWN}</span>}
        </li>
      ))}
    </ul>
  );
}
