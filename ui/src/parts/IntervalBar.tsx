import { useId } from "react";

/** A value between 0 and 1 of which only bounds may be known: full up to the least, hatched up to the greatest. */
export function IntervalBar({ low, high }: { low: number; high: number }) {
  const id = useId();
  const [from, to] = [low, high].map((bound) => Math.max(0, Math.min(1, bound)) * 100) as [number, number];
  return (
    <svg className="meter interval" aria-hidden="true">
      <defs>
        <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="hatch" width="1.6" height="5" />
        </pattern>
      </defs>
      <rect className="whole" width="100%" height="100%" rx="2" />
      <rect fill={`url(#${id})`} x={percent(from)} width={percent(to - from)} height="100%" />
      <rect className="part" width={percent(from)} height="100%" rx="2" />
      {to - from > 0.1 && <line className="end" x1={percent(to)} x2={percent(to)} y1="0" y2="100%" />}
    </svg>
  );
}

function percent(part: number): string {
  return `${part.toFixed(2)}%`;
}
