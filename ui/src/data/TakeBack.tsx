import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, Problem, type Schemas } from "../api/client";
import { ProblemNote } from "../parts/Answered";
import { Icon } from "../parts/Icon";

type Load = Schemas["LoadItem"];

const WAYS = {
  undo: { act: "data.undo", icon: "undo", ask: "data.ask", done: "data.done" },
  redo: { act: "data.redo", icon: "redo", ask: "data.askAgain", done: "data.redone" },
  drop: { act: "data.drop", icon: "close", ask: "data.askDrop", done: "data.dropped" },
} as const;

/** Asks once more in place, then takes the load back; one that was cut off is removed. */
export function TakeBack({ load, way, say }: { load: Load; way: keyof typeof WAYS; say?: (text: string) => void }) {
  const { t } = useTranslation();
  const words = WAYS[way];
  const id = load.undoes ?? load.id;
  const [isAsked, setAsked] = useState(false);
  const queries = useQueryClient();
  const keep = useRef<HTMLButtonElement>(null);
  const begin = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  const undo = useMutation<unknown, Problem>({
    mutationFn: async () => {
      const path = way === "drop" ? "/api/v1/loads/{load_id}/drop" as const : "/api/v1/loads/{load_id}/undo" as const;
      const { error, response } = await api.POST(path, { params: { path: { load_id: load.id } } });
      if (!response.ok) throw Problem.from(error, response);
    },
    onSuccess: async () => {
      say?.(t(words.done, { id }));
      await queries.invalidateQueries();
    },
  });
  useEffect(() => {
    if (isAsked) keep.current?.focus();
    else if (wasAsked.current) begin.current?.focus();
    wasAsked.current = isAsked;
  }, [isAsked]);
  if (!isAsked) {
    return (
      <div>
        <button ref={begin} className="btn" onClick={() => { setAsked(true); undo.reset(); }}>
          <Icon name={words.icon} /> {t(words.act)}<span className="hidden"> {t("data.load", { id })}</span>
        </button>
        {undo.isError && <ProblemNote problem={undo.error} />}
      </div>
    );
  }
  return (
    <div
      className="sure" role="group" aria-labelledby={`undo-${load.id}`}
      onKeyDown={(event) => { if (event.key === "Escape") setAsked(false); }}
    >
      <span id={`undo-${load.id}`}>{t(words.ask, { id })}</span>
      <button className="btn pri" disabled={undo.isPending} onClick={() => { undo.mutate(undefined, { onSettled: () => { setAsked(false); } }); }}>
        {t(words.act)}
      </button>
      <button ref={keep} className="btn" disabled={undo.isPending} onClick={() => { setAsked(false); }}>{t("data.keep")}</button>
    </div>
  );
}
