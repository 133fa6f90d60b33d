import { useTranslation } from "react-i18next";
import { ProblemNote } from "../parts/Answered";
import type { EditState } from "./useEdit";

/** What was done, with the button that takes it back. */
export function Done({ edit: { done, problem, undo, isPending } }: { edit: EditState }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="note" role="status">
        <span className="grow">{done}</span>
        <button className="src" disabled={isPending} onClick={() => { void undo(); }}>{t("fix.undo")}</button>
      </p>
      {problem && <ProblemNote problem={problem} />}
    </>
  );
}
