import { useFigures } from "../words/numbers";
import type { Scale } from "./rivalScale";

/** A filled circle is the chosen figure, a hollow diamond is not; a line is an interval, dotted where its end is open. */
export function RivalScale({ scale }: { scale: Scale }) {
  const { amount, share } = useFigures();
  const written = (value: number) => {
    const text = String(value);
    if (scale.isShare) return share([value, value]);
    return amount({ low: text, high: text, unit: value === 0 ? scale.unit : undefined, per_year: false });
  };
  return (
    <svg className="scale" height="36" aria-hidden="true">
      <line className="axis" x1="0" x2="100%" y1="14" y2="14" />
      {scale.ticks.map(({ at, value }) => (
        <g key={value}>
          <line className="axis" x1={percent(at)} x2={percent(at)} y1="11" y2="17" />
          <text x={percent(at)} y="31" textAnchor={value === 0 ? "start" : "middle"}>{written(value)}</text>
        </g>
      ))}
      {[...scale.places].reverse().map(({ isChosen, at, first, last, isOpen }) => (
        <g key={`${String(isChosen)} ${String(first)} ${String(last)}`}>
          {first !== last && (
            <line className={`span ${isChosen ? "chosen" : "rival"}${isOpen ? " open" : ""}`} x1={percent(first)} x2={percent(last)} y1="14" y2="14" />
          )}
          {isChosen ? <circle className="chosen" cx={percent(at)} cy="14" r="5" /> : (
            <svg className="at" x={percent(at)} y="14"><path className="rival" d="M0-6l6 6-6 6-6-6z" /></svg>
          )}
        </g>
      ))}
    </svg>
  );
}

function percent(part: number): string {
  return `${(part * 100).toFixed(2)}%`;
}
