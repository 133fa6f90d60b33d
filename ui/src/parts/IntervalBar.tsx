import { useId } from "react";

/** A value between 0 and 1 of which only bounds may be known: full up to the least, hatched up to the greatest. */
export function IntervalBar({ low, high }: { low: number; high: number }) {
  const id = useId();
  const [from, to] = [low, high].map((bound) => Math.max(0, Math.min(1, bound)) * 100) as [number, number];
  return (
    <svg className="meter interval" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <defs>
        <pattern id={id} width="4" height="6" patternUnits="userSpaceOnUse"><rect className="hatch" width="1.6" height="6" /></pattern>
      </defs>
      <rect className="whole" width="100" height="6" rx="1" />
      <rect fill={`url(#${id})`} x={from} width={to - from} height="6" />
      <rect className="part" width={from} height="6" rx="1" />
      {to > from && <rect className="end" x={Math.max(0, to - 1)} width="1" height="6" />}
    </svg>
  );
}
