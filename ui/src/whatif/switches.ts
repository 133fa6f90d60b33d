/** What is switched off, as it stands in the address: lists of ids, one per kind. */

export const SWITCHES = ["off", "off_region", "off_country", "off_product", "close_market"] as const;

export type Switch = (typeof SWITCHES)[number];

/** Which entities a switch takes. */
export const TYPES: Record<Switch, string> = {
  off: "Plant,Company,Organization",
  off_region: "Region",
  off_country: "Country",
  off_product: "Product",
  close_market: "Country",
};

/** The ids under a switch. */
export function idsOf(address: URLSearchParams, name: Switch): string[] {
  return (address.get(name) ?? "").split(",").map((id) => id.trim()).filter(Boolean);
}

/** The address with one more switched off; what is chosen among the answers is forgotten. */
export function withOff(address: URLSearchParams, name: Switch, id: string): URLSearchParams {
  return withIds(address, name, [...new Set([...idsOf(address, name), id])]);
}

/** The address with one switched on again. */
export function withoutOff(address: URLSearchParams, name: Switch, id: string): URLSearchParams {
  return withIds(address, name, idsOf(address, name).filter((one) => one !== id));
}

function withIds(address: URLSearchParams, name: Switch, ids: readonly string[]): URLSearchParams {
  const next = new URLSearchParams(address);
  next.delete("of");
  if (ids.length > 0) next.set(name, ids.join(","));
  else next.delete(name);
  return next;
}
