import { useTranslation } from "react-i18next";
import { useEvidence } from "../evidence/EvidenceDrawer";
import { useTerms } from "../words/terms";
import { HIDDEN, isEntity, Value } from "./Value";

type Item = Record<string, unknown>;

/** Items of any answer as a table; a row opens the claims that it rests on. */
export function AnswerTable({ items }: { items: readonly Item[] }) {
  const { t } = useTranslation();
  const term = useTerms();
  const open = useEvidence();
  const columns = [...new Set(items.flatMap((item) => Object.keys(item)))]
    .filter((name) => !HIDDEN.has(name) && items.some((item) => !isNothing(item[name])));
  const hasClaims = items.some((item) => claimsOf(item).length > 0);
  return (
    <div className="tablewrap">
      <table className="tbl fold">
        <thead>
          <tr>
            {columns.map((name) => <th key={name} scope="col">{term("field", name)}</th>)}
            {hasClaims && <th scope="col">{t("entity.source")}</th>}
          </tr>
        </thead>
        <tbody>
          {items.map((item, place) => {
            const claims = claimsOf(item);
            return (
              <tr key={place}>
                {columns.map((name) => (
                  <td key={name} data-label={term("field", name)} className={isNothing(item[name]) ? "none" : ""}>
                    <Value name={name} value={item[name]} />
                  </td>
                ))}
                {hasClaims && (
                  <td>
                    {claims.length > 0 && (
                      <button className="src" onClick={() => { open({ title: titleOf(item), claims }); }}>
                        {t("entity.sources", { count: claims.length })}
                      </button>
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The claims of an item and of what is inside it, each once. */
export function claimsOf(item: unknown): string[] {
  if (Array.isArray(item)) return [...new Set(item.flatMap(claimsOf))];
  if (typeof item !== "object" || item === null) return [];
  const own = "claims" in item && Array.isArray(item.claims) ? (item.claims as string[]) : [];
  return [...new Set([...own, ...Object.values(item).flatMap((one) => (typeof one === "object" ? claimsOf(one) : []))])];
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

function titleOf(item: Item): string {
  const named = Object.values(item).find(isEntity);
  return named?.name ?? "";
}
