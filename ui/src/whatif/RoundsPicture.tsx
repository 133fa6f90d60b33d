import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { EntityLink } from "../parts/EntityLink";
import { Glyph } from "../parts/Glyph";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";
import { CertaintySign } from "./CertaintySign";
import type { Line, Mark, Picture } from "./rounds";
import { useHeadings } from "./useHeadings";

interface Props {
  picture: Picture;
  selected: string | undefined;
  select: (id: string) => void;
}

/** Columns by round: what is switched off, what stops by that, what stops by those; a line for each cause. */
export function RoundsPicture({ picture, selected, select }: Props) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const heading = useHeadings();
  const { columns, lines, unshown } = picture;
  return (
    <>
      <div className="rounds" role="region" aria-label={t("whatIf.picture")} tabIndex={0}>
        <div className="grid">
          <Lines lines={lines} selected={selected} />
          {columns.map(({ round, marks }) => (
            <section key={round} className="round">
              <h3>
                {heading(round, marks[0])}
                {" "}<span className="cnt">{number(round === 0 ? marks.length + unshown : marks.length)}</span>
              </h3>
              <ul>
                {marks.map((mark) => (
                  <li key={mark.entity.id} data-mark={mark.entity.id}>
                    <MarkCard mark={mark} isSelected={mark.entity.id === selected} select={select} />
                  </li>
                ))}
                {round === 0 && unshown > 0 && <li className="mark stack t2">{t("whatIf.unshown", { count: unshown })}</li>}
              </ul>
            </section>
          ))}
        </div>
      </div>
      <Legend picture={picture} />
    </>
  );
}

function MarkCard({ mark, isSelected, select }: { mark: Mark; isSelected: boolean; select: (id: string) => void }) {
  const { t } = useTranslation();
  const term = useTerms();
  const { entity, sign, product } = mark;
  if (sign === "off" || sign === "part") {
    return (
      <div className={`mark ${sign}`}>
        <EntityLink entity={entity} /><CertaintySign sign={sign} />
        <span className="hidden">{t(sign === "off" ? "whatIf.isOff" : "whatIf.loses")}</span>
      </div>
    );
  }
  return (
    <button className={`mark ${sign}`} aria-pressed={isSelected} onClick={() => { select(entity.id); }}>
      <Glyph type={entity.type} size={22} />
      <span className="grow">
        <b dir="auto">{entity.name}</b>
        {product && <span className="t2 s12" dir="auto">{product.name}</span>}
        <span className="row s12"><CertaintySign sign={sign} />{term("value", sign)}</span>
      </span>
    </button>
  );
}

function Legend({ picture }: { picture: Picture }) {
  const { t } = useTranslation();
  const term = useTerms();
  const signs = new Set(picture.columns.flatMap(({ marks }) => marks.map(({ sign }) => sign)));
  return (
    <ul className="legend s12 t2" aria-label={t("whatIf.legend")}>
      {signs.has("off") && <li><CertaintySign sign="off" />{t("whatIf.isOff")}</li>}
      {signs.has("certain") && <li><CertaintySign sign="certain" />{term("value", "certain")}</li>}
      {signs.has("possible") && <li><CertaintySign sign="possible" />{term("value", "possible")}</li>}
      {signs.has("part") && <li><CertaintySign sign="part" />{t("whatIf.loses")}</li>}
    </ul>
  );
}

interface Drawn extends Line { d: string; head: string }

/** Lines between the cards, drawn anew when the cards move. */
function Lines({ lines, selected }: { lines: readonly Line[]; selected: string | undefined }) {
  const svg = useRef<SVGSVGElement>(null);
  const [drawn, setDrawn] = useState<{ width: number; height: number; lines: Drawn[] }>({ width: 0, height: 0, lines: [] });
  useLayoutEffect(() => {
    const own = svg.current?.parentElement;
    if (!own) return undefined;
    const draw = () => {
      const frame = own.getBoundingClientRect();
      const places = new Map([...own.querySelectorAll<HTMLElement>("[data-mark]")].map((one) => [one.dataset.mark ?? "", one.getBoundingClientRect()]));
      setDrawn({
        width: frame.width, height: frame.height,
        lines: lines.flatMap((line) => {
          const [from, to] = [places.get(line.from), places.get(line.to)];
          if (!from || !to) return [];
          const [x, y] = [from.right - frame.left, from.top + from.height / 2 - frame.top];
          const [right, below] = [to.left - frame.left, to.top + to.height / 2 - frame.top];
          const middle = (x + right) / 2;
          return [{
            ...line,
            d: `M${String(x)} ${String(y)}C${String(middle)} ${String(y)} ${String(middle)} ${String(below)} ${String(right - 8)} ${String(below)}`,
            head: `M${String(right)} ${String(below)}l-9 -4.2v8.4z`,
          }];
        }),
      });
    };
    const observer = new ResizeObserver(draw);
    observer.observe(own);
    draw();
    return () => { observer.disconnect(); };
  }, [lines]);
  return (
    <svg ref={svg} className="lines" width={drawn.width} height={drawn.height} aria-hidden="true">
      {drawn.lines.map(({ from, to, certainty, d, head }) => (
        <g key={`${from} ${to}`} className={to === selected ? `${certainty} on` : certainty}><path className="line" d={d} /><path className="head" d={head} /></g>
      ))}
    </svg>
  );
}
