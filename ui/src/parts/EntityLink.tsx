import { Link } from "wouter";
import type { Entity } from "../api/client";
import { useTerms } from "../words/terms";
import { Glyph } from "./Glyph";

/** The page of an entity. */
export function entityAddress(id: string): string {
  return `/entities/${encodeURIComponent(id)}`;
}

/** A word that fits into no column must break anywhere; all others stay whole, so that columns keep their widths. */
export function isUnbreakable(name: string): boolean {
  return /\S{31}/.test(name);
}

/** An entity by its name; the type stands in its shape and, for those who do not see it, in words. */
export function EntityLink({ entity, withPlace = false }: { entity: Entity; withPlace?: boolean }) {
  const term = useTerms();
  return (
    <span className="ent">
      <Glyph type={entity.type} size={16} />
      <span className="hidden">{term("type", entity.type)} </span>
      <span>
        <Link href={entityAddress(entity.id)} dir="auto" className={isUnbreakable(entity.name) ? "anywhere" : undefined}>{entity.name}</Link>
        {withPlace && entity.place && <span className="place">{entity.place}</span>}
      </span>
    </span>
  );
}
