import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { api, type Claim } from "../api/client";
import { useMe } from "../api/me";
import { ProblemNote } from "../parts/Answered";
import { useTerms } from "../words/terms";
import { Done } from "./Done";
import { asShare } from "./facts";
import { useEdit } from "./useEdit";

type Way = "correct" | "withdraw";

/** Correct a claim or withdraw it, with a note; done at once, seen in history, and taken back by one click. */
export function FixClaim({ claim }: { claim: Claim }) {
  const { t } = useTranslation();
  const term = useTerms();
  const edit = useEdit();
  const fields = figuresOf(claim);
  const { mayEdit } = useMe();
  const [way, setWay] = useState<Way>(fields.length > 0 ? "correct" : "withdraw");

  const send = (given: FormData) => {
    const note = text(given, "note");
    const changes = Object.fromEntries(fields.map(([name, now]) => [name, text(given, name), now] as const)
      .filter(([, value, now]) => value !== "" && value !== now).map(([name, value]) => [name, Array.isArray(claim.stated[name]) ? asShare(value) : value]));
    return way === "withdraw"
      ? edit.send(api.POST("/api/v1/claims/{claim_id}/retract", { params: { path: { claim_id: claim.id } }, body: { note } }), t("fix.withdrawn"))
      : edit.send(api.POST("/api/v1/claims", { body: { claim: changes, corrects: claim.id, note } }), t("fix.corrected"));
  };

  if (!mayEdit) return <p className="t3 s12">{t("me.mayNotChange")}</p>;
  if (edit.done !== undefined) return <Done edit={edit} />;
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    void send(new FormData(event.currentTarget));
  };
  return (
    <details className="fix">
      <summary>{t("fix.title")}</summary>
      <form onSubmit={submit}>
        {edit.problem && <ProblemNote problem={edit.problem} />}
        <div className="seg" role="group" aria-label={t("fix.title")}>
          {(["correct", "withdraw"] as const).filter((one) => one === "withdraw" || fields.length > 0).map((one) => (
            <button key={one} type="button" className={way === one ? "on" : ""} aria-pressed={way === one} onClick={() => { setWay(one); }}>
              {t(`fix.${one}`)}
            </button>
          ))}
        </div>
        {way === "correct" && fields.map(([name, now, unit]) => (
          <label key={name} className="field">
            {term("field", name)} {unit && <span className="t3">{term("unit", unit)}</span>}
            <input name={name} defaultValue={now} />
          </label>
        ))}
        <label className="field">{t("fix.note")}<input name="note" required placeholder={t("fix.noteHint")} /></label>
        <button className="btn pri" disabled={edit.isPending}>{t(`fix.${way}`)}</button>
      </form>
    </details>
  );
}

function text(given: FormData, name: string): string {
  const value = given.get(name);
  return typeof value === "string" ? value.trim() : "";
}

/** The figures of a claim that one number can correct: the column, what it is now, and its unit. */
function figuresOf({ stated }: Claim): [name: string, now: string, unit: string | undefined][] {
  return Object.entries(stated).flatMap(([name, value]): [string, string, string | undefined][] => {
    if (Array.isArray(value)) {
      const [low, high] = value as number[];
      return [[name, low === high && low !== undefined ? `${String(Number((low * 100).toFixed(6)))} %` : "", undefined]];
    }
    if (typeof value === "object" && value !== null && "per_year" in value) {
      const { low, high, unit } = value as { low?: string; high?: string; unit?: string };
      return [[name, low === high ? (low ?? "") : "", unit]];
    }
    return [];
  });
}
