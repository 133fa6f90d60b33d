import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import type { Problem } from "../api/client";
import { Answered } from "../parts/Answered";
import { jobs, look, type Job, type Look, type Reading } from "./calls";
import { DropCard } from "./DropCard";
import { FileCard, uncorrected, type Corrections } from "./FileCard";
import { JobCard } from "./JobCard";
import { JobsList } from "./JobsList";
import "../style/upload.css";

/** One's own file, from dropping it to its report; the address holds the file, so a page opened anew goes on. */
export function UploadPart() {
  const { t } = useTranslation();
  const [given, setGiven] = useSearchParams();
  const id = given.get("file") ?? "";
  const go = (next: string | undefined) => {
    setGiven((old) => {
      const all = new URLSearchParams(old);
      if (next === undefined) all.delete("file");
      else all.set("file", next);
      return all;
    });
  };
  if (id === "") return <><DropCard onSent={(file) => { go(file.id); }} /><JobsList open={go} /></>;
  return (
    <>
      <p><button className="src" onClick={() => { go(undefined); }}>← {t("upload.other")}</button></p>
      <OneFile key={id} id={id} leave={() => { go(undefined); }} />
    </>
  );
}

function OneFile({ id, leave }: { id: string; leave: () => void }) {
  const found = useQuery<{ file: Look; before: Reading | undefined; job: Job | null }, Problem>({
    queryKey: ["upload", id],
    queryFn: async () => { const { upload, said: before } = await look(id); return { file: upload, before, job: (await jobs()).find((one) => one.id === id) ?? null }; },
    retry: false,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const [ordered, setOrdered] = useState<Job | null>(null);
  const [said, correct] = useState<Corrections>(); // kept while it is loaded: it may have to be corrected again
  const part = useRef<HTMLDivElement>(null);
  const [round, setRound] = useState(0);
  const watch = (job: Job) => { setOrdered(job); setRound((old) => old + 1); };
  const isThere = found.isSuccess;
  // What was pressed is gone: reading goes on where the next step stands.
  useEffect(() => { if (isThere) part.current?.focus(); }, [isThere, round]);
  const known = found.data?.job;
  useEffect(() => { if (known) setOrdered((old) => old ?? known); }, [known]);
  return (
    <div ref={part} tabIndex={-1} className="stage">
      <Answered query={found}>
        {({ file, before }) => ordered
          ? <JobCard key={round} first={ordered} restart={watch} again={() => { setOrdered(null); }} close={leave} />
          : <FileCard file={file} said={said ?? uncorrected(file, before)} correct={correct} onOrdered={watch} onForgotten={leave} />}
      </Answered>
    </div>
  );
}
