import { useId, type ReactNode } from "react";

interface Props {
  title: string;
  count?: number | undefined;
  side?: ReactNode;
  children: ReactNode;
}

/** A part of a page under a heading. */
export function Card({ title, count, side, children }: Props) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {count !== undefined && <span className="cnt">{count}</span>}
        <span className="grow" />
        {side}
      </header>
      {children}
    </section>
  );
}
