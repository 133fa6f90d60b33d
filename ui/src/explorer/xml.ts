/** A text as it may stand in an XML file, between tags or in quotes; what XML cannot hold is left out. */
export function escaped(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&apos;");
}

export type Attributes = Record<string, string | number | undefined>;

/** An element; attributes that are undefined are left out, numbers are rounded to a tenth, `inside` is XML already. */
export function tag(name: string, attributes: Attributes, ...inside: string[]): string {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : ` ${key}="${escaped(typeof value === "number" ? String(Math.round(value * 10) / 10) : value)}"`,
  );
  const start = `<${name}${given.join("")}`;
  return inside.length === 0 ? `${start}/>` : `${start}>${inside.join("")}</${name}>`;
}
