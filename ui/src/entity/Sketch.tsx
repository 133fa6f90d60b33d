import { DASHES, END_SHAPES, endOf } from "../explorer/patterns";
import { Glyph } from "../parts/Glyph";
import { counted } from "../words/numbers";
import { SMALL, type Sketch as Drawn } from "./sketch";

const SHAPES = Object.entries(END_SHAPES);

/** Cards in tiers and the lines between them, drawn with the patterns and ends of the large picture. */
export function Sketch({ sketch: { width, height, card, cards, lines } }: { sketch: Drawn }) {
  return (
    <svg className="sketch" viewBox={`-4 -4 ${String(width + 8)} ${String(height + 8)}`}>
      <defs>
        {SHAPES.map(([end, d]) => (
          <marker key={end} id={`end-${end}`} viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto">
            <path className="end" d={d} />
          </marker>
        ))}
      </defs>
      {lines.map(({ edge, path }) => (
        <path
          key={edge.id} className={edge.isDisputed ? "line disputed" : "line"} d={path}
          strokeDasharray={DASHES[edge.status]?.join(" ")} markerEnd={`url(#end-${endOf(edge.relation)})`}
        />
      ))}
      {cards.map(({ node: { entity, count }, x, y, isOwn }) => (
        <g key={entity.id} transform={`translate(${String(x)} ${String(y)})`}>
          {count && <rect className="box" x="3" y="3" width={card} height={SMALL.card} rx="6" />}
          <rect className={isOwn ? "box own" : "box"} width={card} height={SMALL.card} rx="6" />
          <foreignObject width={card} height={SMALL.card}>
            <span className="name">
              {count ? <b>{counted(count)}</b> : <Glyph type={entity.type} size={15} />}
              <span className="two" dir="auto">{entity.name}</span>
            </span>
          </foreignObject>
        </g>
      ))}
    </svg>
  );
}
