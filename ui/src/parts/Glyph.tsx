const GLYPHS: Record<string, string> = {
  Plant: "plant", Company: "company", Organization: "company", Person: "person", Product: "product",
  City: "region", Region: "region", Country: "market", PartnerGroup: "group", Cluster: "project",
  Project: "project", Stage: "project", Observation: "fact", Document: "source",
};

/** The shape of an entity's type; the words beside it say the same. */
export function Glyph({ type, size = 18 }: { type: string; size?: number }) {
  return (
    <svg className={`gl g-${GLYPHS[type] ?? "fact"}`} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <use href={`/static/glyphs.svg#${GLYPHS[type] ?? "fact"}`} />
    </svg>
  );
}
