import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../api/client";
import { Answered, ProblemNote } from "../parts/Answered";
import { Card } from "../parts/Card";
import { useSettled } from "../parts/useSettled";
import { useTerms } from "../words/terms";
import { forget, load, look, preview, type Job, type Look, type Preview, type Reading } from "./calls";
import { ColumnsTable } from "./ColumnsTable";
import { meaningOf, withMeaning, type Column } from "./meanings";
import { PreviewPart } from "./PreviewPart";

const PAUSE_MS = 500;
const RANKS = ["1", "2", "3", "4", "5"];

/** How somebody wants a file to be read; what is not there is as the service guesses it. */
export interface Corrections {
  sheet?: string | undefined;
  columns?: Column[] | undefined;
  mapping?: string | undefined;
  source: string;
  rank: string;
}

/** What holds until somebody corrects it: how it was to be loaded before; rows that were rejected are read as they were then. */
export function uncorrected(file: Look, said: Reading | undefined): Corrections {
  const rank = said ? said.rank : file.rank;
  return {
    sheet: said?.sheet ?? undefined,
    columns: said?.columns ?? undefined,
    mapping: said ? said.mapping ?? undefined : file.origins ? file.mapping : undefined,
    source: (said ? said.source : file.source) ?? "",
    rank: rank === undefined || rank === null ? "" : String(rank),
  };
}

interface Props {
  file: Look;
  said: Corrections;
  /** Kept outside, so that whoever comes back to a file finds them. */
  correct: (said: Corrections) => void;
  onOrdered: (job: Job) => void;
  onForgotten: () => void;
}

/** A file that was sent: what its columns hold, what would come of it, and the button that loads it. */
export function FileCard({ file, said, correct, onOrdered, onForgotten }: Props) {
  const { t, i18n } = useTranslation();
  const term = useTerms();
  const { sheet, columns, mapping, source, rank } = said;
  const looked = useQuery<Look, Problem>({ queryKey: ["upload", file.id, sheet], queryFn: async () => (await look(file.id, sheet)).upload, enabled: sheet !== undefined, retry: false });
  // Until another sheet has been looked at nothing is known of it: its columns are not those of the first.
  const here = looked.data ?? (sheet === undefined || mapping !== undefined ? file : undefined);
  const found = here?.columns ?? [];
  const guessed = found.map((column) => withMeaning(column.name, meaningOf(column)));

  const how = useMemo((): Reading => ({
    ...(mapping !== undefined ? { mapping } : columns ? { columns } : {}),
    ...(sheet !== undefined && mapping === undefined ? { sheet } : {}),
    ...(source ? { source } : {}),
  }), [mapping, columns, sheet, source]);
  const asked = useSettled(how, PAUSE_MS); // the whole file is read for each preview
  const shown = useQuery<Preview, Problem>({
    queryKey: ["preview", file.id, asked],
    queryFn: ({ signal }) => preview(file.id, asked, signal),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Infinity,
  });
  const ordering = useMutation<Job, Problem>({
    mutationFn: () => load(file.id, { ...how, ...(rank ? { rank: Number(rank) } : {}) }, i18n.language === "ru" ? "ru" : "en"),
    onSuccess: onOrdered,
  });
  const forgetting = useMutation<unknown, Problem>({ mutationFn: () => forget(file.id), onSuccess: onForgotten });
  return (
    <Card title={file.name}>
      <p className="pad t2">
        {file.format === "claims" ? t("upload.isClaims") : here && t("upload.isTable", { count: here.rows ?? 0, row: here.header_row })}
        {here?.sheet !== undefined && <> · {t("upload.sheet", { name: here.sheet })}</>}
      </p>
      {file.sheets && mapping === undefined && (
        <div className="pad said">
          <label className="field">
            {t("upload.sheetToRead")}
            <select value={sheet ?? ""} onChange={({ target }) => { correct({ ...said, sheet: target.value || undefined, columns: undefined }); }}>
              <option value="">{t("upload.everySheet")}</option>
              {file.sheets.map((name) => <option key={name} value={name}>{name}</option>)}
            </select>
          </label>
        </div>
      )}
      {looked.isError && <ProblemNote problem={looked.error} />}
      {file.format === "table" && here && mapping === undefined && (
        <ColumnsTable found={found} columns={columns ?? guessed} change={(next) => { correct({ ...said, columns: next }); }} />
      )}
      {(here?.shipped ?? []).length > 0 && (
        <p className="pad row wrap">
          {t("upload.shipped")}
          {here?.shipped?.map((name) => (
            <button key={name} className={mapping === name ? "btn on" : "btn"} aria-pressed={mapping === name} onClick={() => { correct({ ...said, mapping: mapping === name ? undefined : name }); }}>{name}</button>
          ))}
        </p>
      )}
      {file.format === "table" && (
        <details className="pad">
          <summary>{t("upload.mapping")}</summary>
          <p className="t2 s12">{t("upload.mappingText")}</p>
          <textarea
            aria-label={t("upload.mapping")} rows={12} spellCheck={false}
            value={mapping ?? shown.data?.mapping ?? here?.mapping ?? ""} onChange={({ target }) => { correct({ ...said, mapping: target.value }); }}
          />
          {mapping !== undefined && <button className="btn" onClick={() => { correct({ ...said, mapping: undefined }); }}>{t("upload.backToColumns")}</button>}
        </details>
      )}
      <div className="pad said">
        <label className="field">{t("upload.source")}<input value={source} placeholder={file.name.replace(/\.[^.]+$/, "")} onChange={({ target }) => { correct({ ...said, source: target.value }); }} /></label>
        <label className="field">
          {t("upload.rank")}
          <select value={rank} onChange={({ target }) => { correct({ ...said, rank: target.value }); }}>
            <option value="">{t("upload.rankUsual")}</option>
            {RANKS.map((one) => <option key={one} value={one}>{one} · {term("rank", one)}</option>)}
          </select>
        </label>
      </div>
      <Answered query={shown}>{(answer) => <PreviewPart preview={answer} />}</Answered>
      {ordering.isError && <ProblemNote problem={ordering.error} />}
      {forgetting.isError && <ProblemNote problem={forgetting.error} />}
      <p className="pad row">
        <button className="btn pri tall" disabled={here === undefined || !shown.isSuccess || asked !== how || shown.isPlaceholderData || ordering.isPending || shown.data.claims === 0} onClick={() => { ordering.mutate(); }}>
          {t("upload.load")}
        </button>
        <button className="btn tall" disabled={forgetting.isPending} onClick={() => { forgetting.mutate(); }}>{t("upload.forget")}</button>
      </p>
    </Card>
  );
}
