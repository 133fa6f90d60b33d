import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { useFigures } from "../words/numbers";
import { exampleAsRead } from "./asRead";
import { MEANINGS, meaningOf, readInstead, reading, withMeaning, type Column } from "./meanings";

interface Props {
  /** What was recognised. */
  found: readonly Schemas["ColumnItem"][];
  columns: readonly Column[];
  change: (columns: Column[]) => void;
}

/** What each column holds, as it was recognised, to be corrected by choosing. */
export function ColumnsTable({ found, columns, change }: Props) {
  const { t } = useTranslation();
  const figures = useFigures();
  const instead = readInstead(columns);
  return (
    <table className="tbl fold columns">
      <thead>
        <tr><th scope="col">{t("upload.column")}</th><th scope="col">{t("upload.example")}</th><th scope="col">{t("upload.holds")}</th></tr>
      </thead>
      <tbody>
        {found.map(({ name, example, kind }, place) => (
          <tr key={name}>
            <th scope="row" dir="auto">{name}</th>
            <td dir="auto" className="t2" data-label={t("upload.example")}>{exampleAsRead(kind, example, figures)}</td>
            <td data-label={t("upload.holds")}>
              <select
                aria-label={t("upload.holdsOf", { name })}
                value={meaningOf(columns[place] ?? { kind: "text" })}
                onChange={(event) => { change(columns.map((old, at) => (at === place ? withMeaning(name, event.target.value) : old))); }}
              >
                <option value="">{t("upload.unused")}</option>
                {MEANINGS.map(({ of, kinds }) => (
                  <optgroup key={of} label={t(`upload.of.${of}`)}>
                    {kinds.map((kind) => (
                      <option key={kind} value={`${of === "row" ? "" : of}.${kind}`}>
                        {of === "row" ? t(`upload.kind.${kind}`) : `${t(`upload.of.${of}`)}: ${t(`upload.kind.${kind}`)}`}
                      </option>
                    ))}
                  </optgroup>
                ))}
              </select>
              {instead[place] && (
                <p className="s12 twice">
                  {t("upload.twice", { name: instead[place].name })}{" "}
                  <button className="src" aria-label={t("upload.readThisOf", { name })} onClick={() => { change(reading(columns, place)); }}>{t("upload.readThis")}</button>
                </p>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
