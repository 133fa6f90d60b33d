import { useTranslation } from "react-i18next";
import { useTerms } from "../words/terms";
import { useFigures } from "../words/numbers";
import { asRead } from "./asRead";
import type { Preview } from "./calls";
import { FirmsPart } from "./FirmsPart";
import { NotesPart, RejectsList } from "./NotesPart";

const VALUES = new Set(["status", "basis"]);

/** What a load would bring: the first claims in words, how many of each kind, whose firms are new, and the rows that would be left out. */
export function PreviewPart({ preview }: { preview: Preview }) {
  const { t } = useTranslation();
  const term = useTerms();
  const figures = useFigures();
  const hasProduct = preview.items.some(({ product }) => product !== "");
  return (
    <>
      <p className="pad" role="status">
        {t("upload.would", { count: preview.rows_read - preview.rows_rejected })}{" "}
        <b>{t("upload.claims", { count: preview.claims })}</b>
        <span className="t2"> {Object.entries(preview.claims_by_type).map(([type, count]) => `${term("relation", type)} ${figures.number(count)}`).join(" · ")}</span>
      </p>
      <NotesPart notes={preview.notes} />
      <FirmsPart firms={preview.firms} />
      <div className="tablewrap">
        <table className="tbl fold">
          <caption className="hidden">{t("upload.first")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("upload.from")}</th><th scope="col">{t("upload.relation")}</th><th scope="col">{t("upload.to")}</th>
              {hasProduct && <th scope="col">{term("field", "product")}</th>}
              <th scope="col">{t("upload.figures")}</th>
            </tr>
          </thead>
          <tbody>
            {preview.items.map((claim, place) => (
              <tr key={place}>
                <th scope="row" dir="auto">{claim.subject}</th>
                <td className="t2">{term("relation", claim.type)}</td>
                <td dir="auto">{claim.target}</td>
                {hasProduct && <td dir="auto">{claim.product}</td>}
                <td>{asRead(claim.figures, figures).map(([name, text]) => `${term("field", name)} ${VALUES.has(name) ? term("value", text) : text}`).join(" · ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {preview.rejects.length > 0 && (
        <div className="note warn">
          <div className="grow">
            <b>{t("upload.wouldReject", { count: preview.rows_rejected })}</b>
            <RejectsList rejects={preview.rejects} total={preview.rows_rejected} />
          </div>
        </div>
      )}
    </>
  );
}
