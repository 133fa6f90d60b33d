import { useId, type ReactNode } from "react";
import { useFigures } from "../words/numbers";

interface Props {
  title: string;
  count?: number | undefined;
  side?: ReactNode;
  /** Where links and `focus` lead. */
  id?: string;
  children: ReactNode;
}

/** A part of a page under a heading. */
export function Card({ title, count, side, id: own, children }: Props) {
  const id = useId();
  const { number } = useFigures();
  return (
    <section className="card" id={own} tabIndex={own === undefined ? undefined : -1} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {count !== undefined && <span className="cnt">{number(count)}</span>}
        <span className="grow" />
        {side}
      </header>
      {children}
    </section>
  );
}
