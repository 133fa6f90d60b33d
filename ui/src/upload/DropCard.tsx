import { useMutation } from "@tanstack/react-query";
import { useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../api/client";
import drawn from "../generated/drawing.json";
import { ProblemNote } from "../parts/Answered";
import { Icon } from "../parts/Icon";
import { send, type Look } from "./calls";

const MOST_BYTES = drawn.most_bytes;

/** A place to drop a table, or to choose one. */
export function DropCard({ onSent }: { onSent: (look: Look) => void }) {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  const [isTooLarge, setTooLarge] = useState(false);
  const sending = useMutation<Look, Problem, File>({ mutationFn: send, onSuccess: onSent });
  const take = (files: FileList | null) => {
    const file = files?.[0];
    sending.reset();
    setTooLarge(file !== undefined && file.size > MOST_BYTES);
    if (file && file.size <= MOST_BYTES) sending.mutate(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <section
      className={isOver ? "card drop over" : "card drop"} aria-label={t("upload.title")} onDrop={drop}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => { setOver(false); }}
    >
      <div>
        <h2>{t("upload.title")}</h2>
        <p className="t2">{t("upload.text")}</p>
      </div>
      <label className="btn pri tall">
        <Icon name="download" />{sending.isPending ? t("upload.sending") : t("upload.choose")}
        <input
          type="file" accept={drawn.tables.join(",")} disabled={sending.isPending}
          onChange={(event) => { take(event.target.files); event.target.value = ""; }}
        />
      </label>
      {isTooLarge && <p className="note warn" role="alert">{t("upload.tooLarge", { most: MOST_BYTES >> 20 })}</p>}
      {sending.isError && <ProblemNote problem={sending.error} />}
    </section>
  );
}
