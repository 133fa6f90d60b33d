import { useRef, type ReactNode } from "react";

export interface MenuItem {
  name: string;
  /** A file to save, … */
  href?: string;
  /** … or something to do. */
  run?: () => void;
}

interface Props {
  /** What is pressed to open it, and how: the look of a button. */
  head: ReactNode;
  look: string;
  /** Its name where the head is only a sign. */
  label?: string;
  items: readonly MenuItem[];
}

/** A menu that shuts after a choice, by Escape, and when one goes elsewhere. */
export function Menu({ head, look, label, items }: Props) {
  const menu = useRef<HTMLDetailsElement>(null);
  const shut = () => {
    if (menu.current) menu.current.open = false;
    menu.current?.querySelector("summary")?.focus();
  };
  return (
    <details
      ref={menu} className="exports"
      onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false; }}
      onKeyDown={(event) => { if (event.key === "Escape") shut(); }}
    >
      <summary className={look} aria-label={label} title={label}>{head}</summary>
      <ul className="menu">
        {items.map(({ name, href, run }) => (
          <li key={name}>
            {href === undefined
              ? <button className="item" onClick={() => { shut(); run?.(); }}>{name}</button>
              : <a className="item" href={href} download onClick={shut}>{name}</a>}
          </li>
        ))}
      </ul>
    </details>
  );
}
