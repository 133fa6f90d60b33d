import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** The word for a term of the graph: `type` Plant, `relation` SUPPLIES, `value` planned, `field` last_seen. */
export type Terms = (group: string, key: string) => string;

/** Words of the graph's own terms, from the table that the service uses itself. */
export function useTerms(): Terms {
  const { t } = useTranslation("labels");
  // What has no word may be anything that a source wrote, and braces in it are its own.
  return useCallback((group, key) => t(`${group}.${key}`, { defaultValue: key, skipInterpolation: true }), [t]);
}
