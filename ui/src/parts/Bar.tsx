/** A part of a whole as a horizontal bar from zero; the figure stands beside it. */
export function Bar({ part }: { part: number }) {
  const width = Math.max(0, Math.min(1, part)) * 100;
  return (
    <svg className="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect className="whole" width="100" height="6" rx="1" />
      <rect className="part" width={width} height="6" rx="1" />
    </svg>
  );
}
