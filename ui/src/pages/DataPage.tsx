import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { useMe } from "../api/me";
import { DocumentsCard } from "../data/DocumentsCard";
import { LoadsCard } from "../data/LoadsCard";
import { QualityCards } from "../data/QualityCards";
import { SourcesCard } from "../data/SourcesCard";
import { limitOf } from "../parts/More";
import { UploadPart } from "../upload/UploadPart";
import "../style/data.css";

/** What is loaded, from whom, how fresh and how complete it is. */
export default function DataPage() {
  const { t } = useTranslation();
  const { mayEdit } = useMe();
  const [given, setGiven] = useSearchParams();
  const put = (changes: Record<string, string>) => {
    setGiven((old) => {
      const all = new URLSearchParams(old);
      for (const [name, value] of Object.entries(changes)) if (value) all.set(name, value); else all.delete(name);
      return all;
    }, { replace: true });
  };
  const [words, source] = [given.get("words") ?? "", given.get("source") ?? ""];
  return (
    <main id="content" className="wrap">
      <h1>{t("data.title")}</h1>
      {mayEdit && <UploadPart />}
      <LoadsCard />
      <div className="cols">
        <div>
          <SourcesCard
            limit={limitOf(given.get("sources"))}
            setLimit={(next) => { put({ sources: String(next) }); }}
            openDocuments={(id) => { put({ source: id, words: "" }); document.getElementById("documents")?.focus(); }}
          />
          <DocumentsCard
            limit={limitOf(given.get("documents"))}
            setLimit={(next) => { put({ documents: String(next) }); }}
            words={words} source={source}
            narrow={(nextWords, nextSource) => { put({ words: nextWords, source: nextSource }); }}
          />
        </div>
        <div><QualityCards /></div>
      </div>
    </main>
  );
}
