import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useAnswer } from "../api/ask";
import { entityAddress } from "./EntityLink";

/** Real questions about firms of the demo, one click each; a graph without these firms offers none. */
export function Examples() {
  const { t } = useTranslation();
  const isopan = useKnown("Изопан Рус");
  const isDemo = isopan !== null; // elsewhere the others are not asked for
  const [bodies, kaustik] = [useKnown("Волгабас Волжский", isDemo), useKnown("Каустик", isDemo)];
  if (isopan === null || bodies === null || kaustik === null) return null;
  const isReady = isopan !== undefined && bodies !== undefined && kaustik !== undefined;
  const questions = {
    supplies: entityAddress(isopan ?? ""), stops: `/what-if?off=${bodies ?? ""}`, near: `/partners?id=${kaustik ?? ""}`,
    linked: `/paths?from=${isopan ?? ""}&to=${kaustik ?? ""}`,
  };
  return (
    <ul className={isReady ? "pills" : "pills vanished"} aria-label={t("home.example")} aria-hidden={!isReady}>
      <li className="s12 t3" aria-hidden="true">{t("home.example")}</li>
      {Object.entries(questions).map(([name, address]) => <li key={name}><Link href={address}>{t(`home.examples.${name}`)}</Link></li>)}
    </ul>
  );
}

/** Who has exactly that name: somebody with a similar one would make another question of it. Null: nobody; undefined: not yet known. */
function useKnown(q: string, enabled = true): string | null | undefined {
  const { data, isError } = useAnswer("/api/v1/entities", { q, limit: 1 }, { enabled });
  if (isError) return null;
  const first = data?.data.items[0];
  return data === undefined ? undefined : first?.score === 1 ? first.entity.id : null;
}
