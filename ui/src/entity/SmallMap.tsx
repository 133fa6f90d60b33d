import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { coloursOf, draw } from "../map/draw";
import { indexOf, marksOf } from "../map/marks";
import { fitted, pixelsPerKm, scaleBar, webZoom, type Size } from "../map/view";
import { useTheme } from "../parts/theme";
import { useFigures } from "../words/numbers";
import type { Whereabouts } from "./whereabouts";

const HEIGHT = 220;
const BAR = 90;
/** Room for those who fan out from one point, and for the scale. */
const [ABOVE, BELOW] = [10, 40];
/** Closer than this, in pixels of a kilometre, a picture of two neighbours would show nothing around them. */
const CLOSEST = 1;

/** A still map of few pins: the marks of the large one, without its keys and gestures. */
export default function SmallMap({ pins, lines, selected }: Whereabouts) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [theme] = useTheme();
  const [width, setWidth] = useState(0);
  const [bar, setBar] = useState<{ km: number; pixels: number }>();
  useLayoutEffect(() => {
    const own = canvas.current;
    if (own === null) return undefined;
    const observer = new ResizeObserver(() => { setWidth(own.clientWidth); });
    observer.observe(own);
    return () => { observer.disconnect(); };
  }, []);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!canvas.current || !context || width === 0) return;
    const size: Size = { width, height: HEIGHT };
    const ratio = devicePixelRatio;
    [canvas.current.width, canvas.current.height] = [Math.round(width * ratio), Math.round(HEIGHT * ratio)];
    const projection = fitted(pins, undefined, { width, height: HEIGHT - ABOVE - BELOW });
    const [x, y] = projection.translate();
    projection.translate([x, y + ABOVE]);
    const closer = pixelsPerKm(projection) / CLOSEST;
    if (closer > 1) {
      projection.scale(projection.scale() / closer).translate([width / 2 + (x - width / 2) / closer, HEIGHT / 2 + (y + ABOVE - HEIGHT / 2) / closer]);
    }
    const zoom = webZoom(pixelsPerKm(projection), projection.center()[1]);
    const marks = marksOf(pins, indexOf(pins), zoom, (lat, lon) => projection([lon, lat]));
    draw(context, {
      size, ratio, projection, circle: undefined, lines, marks, selected, current: undefined, hovered: undefined,
      colours: coloursOf(canvas.current), kilometres: String,
    });
    setBar(scaleBar(pixelsPerKm(projection), BAR));
  }, [pins, lines, selected, width, theme]);
  return (
    <div className="small map">
      <canvas ref={canvas} />
      <div className="feet">
        {bar && <p className="mapscale"><i style={{ width: `${String(bar.pixels)}px` }} /><span>{t("map.km", { km: number(bar.km) })}</span></p>}
      </div>
    </div>
  );
}
