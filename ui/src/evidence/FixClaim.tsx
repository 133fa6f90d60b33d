import { useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { api, Problem, type Claim } from "../api/client";
import { ProblemNote } from "../parts/Answered";
import { useTerms } from "../words/terms";

type Way = "correct" | "withdraw";

interface Done {
  load: number;
  words: string;
}

/** Correct a claim or withdraw it, with a note; done at once, seen in history, and taken back by one click. */
export function FixClaim({ claim }: { claim: Claim }) {
  const { t } = useTranslation();
  const term = useTerms();
  const queries = useQueryClient();
  const fields = figuresOf(claim);
  const [way, setWay] = useState<Way>(fields.length > 0 ? "correct" : "withdraw");
  const [problem, setProblem] = useState<Problem>();
  const [done, setDone] = useState<Done>();

  const send = async (given: FormData) => {
    const note = text(given, "note");
    const changes = Object.fromEntries(fields.map(([name, now]) => [name, text(given, name), now] as const)
      .filter(([, value, now]) => value !== "" && value !== now).map(([name, value]) => [name, value]));
    const { data, error, response } = way === "withdraw"
      ? await api.POST("/api/v1/claims/{claim_id}/retract", { params: { path: { claim_id: claim.id } }, body: { note } })
      : await api.POST("/api/v1/claims", { body: { claim: changes, corrects: claim.id, note } });
    if (!response.ok) {
      setProblem(Problem.from(error, response));
      return;
    }
    setProblem(undefined);
    setDone({ load: (data as { load: { id: number } }).load.id, words: t(way === "withdraw" ? "fix.withdrawn" : "fix.corrected") });
    await queries.invalidateQueries();
  };
  const undo = async (load: number) => {
    const { error, response } = await api.POST("/api/v1/loads/{load_id}/undo", { params: { path: { load_id: load } } });
    if (!response.ok) setProblem(Problem.from(error, response));
    else setDone(undefined);
    await queries.invalidateQueries();
  };

  if (done) {
    return (
      <p className="note" role="status">
        <span className="grow">{done.words}</span>
        <button className="src" onClick={() => { void undo(done.load); }}>{t("fix.undo")}</button>
      </p>
    );
  }
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    void send(new FormData(event.currentTarget));
  };
  return (
    <details className="fix">
      <summary>{t("fix.title")}</summary>
      <form onSubmit={submit}>
        {problem && <ProblemNote problem={problem} />}
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
        <button className="btn pri">{t(`fix.${way}`)}</button>
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
      return [[name, low === high && low !== undefined ? String(low) : "", undefined]];
    }
    if (typeof value === "object" && value !== null && "per_year" in value) {
      const { low, high, unit } = value as { low?: string; high?: string; unit?: string };
      return [[name, low === high ? (low ?? "") : "", unit]];
    }
    return [];
  });
}
