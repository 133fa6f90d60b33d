import { useTranslation } from "react-i18next";
import type { Amount, Entity } from "../api/client";
import { useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";
import { EntityLink } from "./EntityLink";
import { StatusChip } from "./StatusChip";

const SHARES = new Set(["share", "buyer_share", "sales_share", "interest", "direct", "unnamed_share"]);
const STATES = new Set(["status", "certainty", "control"]);
const MOST = 6;

/** Any value of an answer by its name and shape: entities are links, amounts have units, what is not known is said. */
export function Value({ name, value }: { name: string; value: unknown }) {
  const { t } = useTranslation();
  const term = useTerms();
  const { number, share, amount, day, kilometres } = useFigures();
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return <>{t(value ? "value.yes" : "value.no")}</>;
  if (typeof value === "number") return <>{number(value)}</>;
  if (typeof value === "string") {
    if (STATES.has(name)) return <StatusChip status={value} />;
    return <span dir="auto">{/^\d{4}-\d\d-\d\d$/.test(value) ? day(value) : term(name === "relation" ? "relation" : "value", value)}</span>;
  }
  if (isEntity(value)) return <EntityLink entity={value} withPlace />;
  if (isAmount(value)) return <span className="nw">{amount(value)}</span>;
  if (Array.isArray(value)) {
    if (isPair(value)) {
      if (SHARES.has(name)) return <span className="nw">{share(value)}</span>;
      if (name === "distance_km") return <span className="nw">{kilometres(value)}</span>;
      return <span className="nw">{value[0] === value[1] ? number(value[0]) : `${number(value[0])}–${number(value[1])}`}</span>;
    }
    return (
      <ul className="values">
        {value.slice(0, MOST).map((one, place) => <li key={place}><Value name={name} value={one} /></li>)}
        {value.length > MOST && <li className="t3">{t("state.shown", { shown: MOST, total: value.length })}</li>}
      </ul>
    );
  }
  if (typeof value === "object") {
    const own = value as Record<string, unknown>;
    if (typeof own.text === "string") return <span dir="auto">{own.text}</span>;
    return (
      <span className="pairs">
        {Object.entries(own).filter(([key]) => !HIDDEN.has(key)).map(([key, one]) => (
          typeof one === "boolean" ? <Sign key={key} name={key} isSo={one} /> : <Value key={key} name={key} value={one} />
        ))}
      </span>
    );
  }
  return null;
}

/** What is so or is not, where no heading says what: its own word does. */
function Sign({ name, isSo }: { name: string; isSo: boolean }) {
  const { t } = useTranslation();
  const term = useTerms();
  const asField = term("field", name);
  const word = asField === name ? term("value", name) : asField; // some stand elsewhere as one value among several
  return <span>{isSo ? word : `${word}: ${t("value.no")}`}</span>;
}

/** What a reader has nothing from: ids of claims have a button of their own. */
export const HIDDEN = new Set(["claims", "rivals", "witnesses", "claims_total", "claims_left_out", "valued", "unit_id", "age_days"]);

export function isEntity(value: unknown): value is Entity {
  return typeof value === "object" && value !== null && "id" in value && "name" in value && "type" in value;
}

function isAmount(value: unknown): value is Amount {
  return typeof value === "object" && value !== null && "per_year" in value;
}

function isPair(value: unknown[]): value is [number, number] {
  return value.length === 2 && value.every((one) => typeof one === "number");
}
