import type { Mark } from "./rounds";

/** Off, certain, possible or a part only: each has its own shape and filling; the word always stands beside it. */
export function CertaintySign({ sign }: { sign: Mark["sign"] }) {
  return (
    <svg className={`sign ${sign}`} viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      <rect x="1" y="1" width="12" height="12" rx="2" />
      {sign === "off" && <path d="m4 4 6 6M10 4l-6 6" />}
      {sign === "possible" && <path d="M2 7l5-5M2 12 12 2M7 12l5-5" />}
      {sign === "part" && <path d="M1.5 3v8.5a1 1 0 0 0 1 1H11z" />}
    </svg>
  );
}
