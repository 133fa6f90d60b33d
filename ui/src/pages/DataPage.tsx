import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { LoadsCard } from "../data/LoadsCard";
import { QualityCards } from "../data/QualityCards";
import { SourcesCard } from "../data/SourcesCard";
import "../style/data.css";

const PAGE = 25;

/** What is loaded, from whom, how fresh and how complete it is. */
export default function DataPage() {
  const { t } = useTranslation();
  const [given, setGiven] = useSearchParams();
  const limit = Number(given.get("sources"));
  return (
    <main id="content" className="wrap">
      <h1>{t("data.title")}</h1>
      <LoadsCard />
      <div className="cols">
        <div>
          <SourcesCard
            limit={Number.isInteger(limit) && limit > 0 ? Math.min(limit, 1000) : PAGE}
            setLimit={(next) => { setGiven((old) => { const all = new URLSearchParams(old); all.set("sources", String(next)); return all; }, { replace: true }); }}
          />
        </div>
        <div><QualityCards /></div>
      </div>
    </main>
  );
}
