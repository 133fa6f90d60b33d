import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";

type Note = Schemas["Note"];
type Rejected = Schemas["RejectedRow"];

/** The words of a text in the reader's language. */
function useWords(): (words: { en: string; ru: string }) => string {
  const { i18n: { language } } = useTranslation();
  return (words) => (language === "ru" ? words.ru : words.en);
}

/** What a person should know of a file; that two columns mean the same stands at the columns already. */
export function NotesPart({ notes }: { notes: readonly Note[] }) {
  const { t } = useTranslation();
  const said = useWords();
  const shown = notes.filter(({ code }) => code !== "one-meaning");
  if (shown.length === 0) return null;
  return (
    <div className="note">
      <ul className="grow sentences" aria-label={t("upload.notes")}>
        {shown.map((note) => <li key={note.code + note.en} dir="auto">{said(note)}</li>)}
      </ul>
    </div>
  );
}

/** Rows that are left out, each with its place and the reason, and how many there are where these are but the first. */
export function RejectsList({ rejects, total }: { rejects: readonly Rejected[]; total: number }) {
  const { t } = useTranslation();
  const said = useWords();
  return (
    <>
      <ul>
        {rejects.map(({ where, sheet, row, words }) => (
          <li key={where + words.en}>
            <span className="t2">{row === null ? where : sheet === null ? t("upload.at", { row }) : t("upload.atSheet", { row, sheet })}:</span>{" "}
            <span dir="auto">{said(words)}</span>
          </li>
        ))}
      </ul>
      {total > rejects.length && <p className="t2">{t("state.shown", { shown: rejects.length, total })}</p>}
    </>
  );
}
