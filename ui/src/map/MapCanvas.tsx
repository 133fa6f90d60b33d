import { select } from "d3-selection";
import { zoom, zoomIdentity, type ZoomBehavior, type ZoomTransform } from "d3-zoom";
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import { save } from "../parts/files";
import { Icon } from "../parts/Icon";
import { Menu } from "../parts/Menu";
import { useTheme } from "../parts/theme";
import { useFigures } from "../words/numbers";
import { coloursOf, draw, type Scene } from "./draw";
import { Legend } from "./Legend";
import type { MapProps } from "./MapView";
import { indexOf, markAt, marksOf, type Mark } from "./marks";
import { Tray } from "./Tray";
import { fitted, moved, pixelsPerKm, scaleBar, webZoom, type Size } from "./view";

const STEP = 1.6;
const PAN = 60;
const BAR = 120;

/** The map itself: one canvas that takes the focus, with a voice for those who do not see it. */
export default function MapCanvas({ label, title = label, pins, circle, lines = [], unplaced = [], selected, onSelect, children }: MapProps) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(canvas);
  const [view, behaviour] = useZoom(canvas);
  const [theme] = useTheme();
  const [current, setCurrent] = useState<string>();
  const [hovered, setHovered] = useState<string>();
  const [voice, setVoice] = useState("");
  const hint = useId();

  const shown = useMemo(
    () => (circle ? `${circle.centre.join()} ${circle.km}` : pins.map(({ lat, lon }) => `${lat},${lon}`).join()),
    [circle, pins],
  );
  const base = useMemo(
    () => (size.width > 0 && size.height > 0 ? fitted(pins, circle, size) : null),
    [shown, size.width, size.height],
  );
  const reset = useCallback(() => {
    if (canvas.current) select(canvas.current).call(behaviour.current.transform, zoomIdentity);
  }, [behaviour]);
  useEffect(reset, [reset, shown]);

  const projection = useMemo(() => (base ? moved(base, base.rotate()[0], view, size) : null), [base, view, size]);
  const index = useMemo(() => indexOf(pins), [pins]);
  const marks = useMemo(() => {
    if (projection === null) return [];
    const zoomed = webZoom(pixelsPerKm(projection), projection.center()[1]);
    return marksOf(pins, index, zoomed, (lat, lon) => projection([lon, lat])).filter(
      ({ x, y }) => x > -60 && y > -60 && x < size.width + 60 && y < size.height + 60,
    );
  }, [pins, index, projection, size]);

  const kilometres = useCallback((km: number) => t("map.km", { km: number(km) }), [t, number]);
  const sceneOf = useCallback((element: Element, ratio: number): Scene | undefined => projection === null ? undefined : {
    size, ratio, projection, circle, lines, marks, selected, current, hovered, colours: coloursOf(element), kilometres,
  }, [size, projection, circle, lines, marks, selected, current, hovered, kilometres]);
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context) return;
    const ratio = devicePixelRatio;
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    if (element.width !== width || element.height !== height) [element.width, element.height] = [width, height];
    const scene = sceneOf(element, ratio);
    if (scene === undefined) return;
    draw(context, scene);
    performance.mark("map drawn", { detail: pins.length }); // what the budget of the first paint is measured by
  }, [size, sceneOf, pins, theme]);
  const keep = (ending: "png" | "svg") => {
    const scene = canvas.current && sceneOf(canvas.current, 1);
    if (!scene) return;
    const foot = { text: `${title}. ${t("map.credit")}`, kilometres };
    save(title, ending, async () => {
      const { toPng, toSvg } = await import("./save");
      return ending === "png" ? toPng(scene, foot) : toSvg(scene, foot);
    }).catch(() => { setVoice(t("explorer.exportFailed", { name: ending.toUpperCase() })); });
  };

  const inView = useMemo(() => marks.flatMap((mark) =>
    "pin" in mark && mark.x > 0 && mark.y > 0 && mark.x < size.width && mark.y < size.height ? [mark.pin] : []), [marks, size]);
  const bar = projection && scaleBar(pixelsPerKm(projection), BAR);
  const zoomBy = (factor: number) => {
    if (!canvas.current || !projection) return;
    select(canvas.current).call(behaviour.current.scaleBy, factor);
    const { km } = scaleBar(pixelsPerKm(projection) * factor, BAR);
    setVoice(t("map.scale", { km: t("map.km", { km: number(km) }) }));
  };
  const pan = (x: number, y: number) => {
    if (canvas.current) select(canvas.current).call(behaviour.current.translateBy, x / view.k, y / view.k);
  };
  const order = pins.filter(({ kind }) => kind !== "centre");
  const go = (step: number) => {
    if (order.length === 0) {
      setVoice(t("map.none"));
      return;
    }
    const place = order.findIndex(({ id }) => id === current);
    const next = place < 0 ? (step > 0 ? 0 : order.length - 1) : (place + step + order.length) % order.length;
    const pin = order[next];
    if (pin === undefined) return;
    setCurrent(pin.id);
    setVoice([t("map.of", { place: next + 1, total: order.length }), pin.name, pin.said, t(`map.${pin.precision}`)].filter(Boolean).join(", "));
    bringIn(pin.lat, pin.lon);
  };
  const bringIn = (lat: number, lon: number) => {
    const at = projection?.([lon, lat]);
    if (!at || !canvas.current) return;
    const isInside = at[0] > 40 && at[1] > 40 && at[0] < size.width - 40 && at[1] < size.height - 40;
    if (!isInside) pan(size.width / 2 - at[0], size.height / 2 - at[1]);
  };
  const keys: Record<string, () => void> = {
    Equal: () => { zoomBy(STEP); }, NumpadAdd: () => { zoomBy(STEP); },
    Minus: () => { zoomBy(1 / STEP); }, NumpadSubtract: () => { zoomBy(1 / STEP); },
    ArrowLeft: () => { pan(PAN, 0); }, ArrowRight: () => { pan(-PAN, 0); },
    ArrowUp: () => { pan(0, PAN); }, ArrowDown: () => { pan(0, -PAN); },
    Digit0: reset, Numpad0: reset,
    PageDown: () => { go(1); }, KeyN: () => { go(1); }, PageUp: () => { go(-1); }, KeyP: () => { go(-1); },
    Enter: () => { if (current !== undefined) onSelect(current); },
    Space: () => { if (current !== undefined) onSelect(current); },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.code];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const under = (event: MouseEvent | PointerEvent): Mark | undefined => {
    const frame = event.currentTarget.getBoundingClientRect();
    return markAt(marks, event.clientX - frame.left, event.clientY - frame.top);
  };
  const open = (mark: Mark | undefined) => {
    if (mark === undefined || ("pin" in mark && mark.pin.kind === "centre")) return;
    if ("pin" in mark) {
      onSelect(mark.pin.id);
      return;
    }
    if (canvas.current) select(canvas.current).call(behaviour.current.scaleBy, 2.5, [mark.x, mark.y]);
  };
  return (
    <div className="map">
      <canvas
        ref={canvas}
        role="application"
        tabIndex={0}
        aria-label={label}
        aria-describedby={hint}
        className={hovered === undefined ? undefined : "over"}
        onKeyDown={onKeyDown}
        onBlur={() => { setCurrent(undefined); }}
        onPointerMove={(event) => {
          const mark = under(event);
          setHovered(mark === undefined ? undefined : "pin" in mark ? mark.pin.id : mark.cluster);
        }}
        onPointerLeave={() => { setHovered(undefined); }}
        onClick={(event) => { open(under(event)); }}
      />
      <p id={hint} className="hidden">{t("map.keys")}</p>
      <p className="hidden" aria-live="polite">{voice}</p>
      <div className="zoom" role="group" aria-label={t("map.zoom")}>
        <button aria-label={t("map.in")} title={t("map.in")} onClick={() => { zoomBy(STEP); }}><Icon name="plus" /></button>
        <button aria-label={t("map.out")} title={t("map.out")} onClick={() => { zoomBy(1 / STEP); }}><Icon name="minus" /></button>
        <button aria-label={t("map.fit")} title={t("map.fit")} onClick={reset}><Icon name="fit" /></button>
      </div>
      <div className="mapsave">
        <Menu
          look="btn ic" label={t("map.save")} head={<Icon name="download" />}
          items={[{ name: "PNG", run: () => { keep("png"); } }, { name: "SVG", run: () => { keep("svg"); } }]}
        />
      </div>
      {unplaced.length > 0 && <Tray pins={unplaced} selected={selected} onSelect={onSelect} />}
      {children}
      <div className="feet">
        <Legend pins={inView} />
        {bar && (
          <p className="mapscale">
            <i style={{ width: `${bar.pixels}px` }} aria-hidden="true" />
            <span><span className="hidden">{t("map.bar")} </span>{t("map.km", { km: number(bar.km) })}</span>
          </p>
        )}
      </div>
    </div>
  );
}

/** The size of the canvas on the page, as it changes. */
function useSize(element: React.RefObject<HTMLCanvasElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const own = element.current;
    if (own === null) return undefined;
    const observer = new ResizeObserver(() => {
      setSize((old) => (old.width === own.clientWidth && old.height === own.clientHeight ? old : { width: own.clientWidth, height: own.clientHeight }));
    });
    observer.observe(own);
    return () => { observer.disconnect(); };
  }, [element]);
  return size;
}

/** Zoom and pan by wheel, drag and two fingers; one finger scrolls the page. */
function useZoom(element: React.RefObject<HTMLCanvasElement | null>): [ZoomTransform, React.RefObject<ZoomBehavior<HTMLCanvasElement, unknown>>] {
  const [view, setView] = useState<ZoomTransform>(zoomIdentity);
  const behaviour = useRef(
    zoom<HTMLCanvasElement, unknown>()
      .scaleExtent([0.05, 200])
      .filter((event: MouseEvent | TouchEvent) => ("touches" in event ? event.touches.length > 1 : !event.button)),
  );
  useEffect(() => {
    const own = element.current;
    if (own === null) return undefined;
    behaviour.current.on("zoom", (event: { transform: ZoomTransform }) => { setView(event.transform); });
    select(own).call(behaviour.current);
    return () => { select(own).on(".zoom", null); };
  }, [element]);
  return [view, behaviour];
}
