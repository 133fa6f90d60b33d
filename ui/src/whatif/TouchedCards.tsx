import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { useEvidence } from "../evidence/EvidenceDrawer";
import { Card } from "../parts/Card";
import { EntityLink } from "../parts/EntityLink";
import { StatusChip } from "../parts/StatusChip";
import { useFigures } from "../words/numbers";

/** Exports of those that stop or are off, and exports into closed markets. */
export function ExportsCard({ data }: { data: Schemas["WhatIf"] }) {
  const { t } = useTranslation();
  const { day, number } = useFigures();
  const open = useEvidence();
  return (
    <Card title={t("whatIf.exports")} count={data.exports_total}>
      {data.exports.length === 0 ? <p className="pad t2">{t("whatIf.noExports")}</p> : (
        <table className="tbl fold">
          <thead>
            <tr>
              <th scope="col">{t("whatIf.market")}</th><th scope="col">{t("whatIf.exporter")}</th>
              <th scope="col">{t("whatIf.certainty")}</th><th scope="col">{t("entity.what")}</th>
              <th scope="col">{t("entity.when")}</th><th scope="col">{t("entity.source")}</th>
            </tr>
          </thead>
          <tbody>
            {data.exports.flatMap(({ country, exporter, certainty, links }) => links.map((link, place) => (
              <tr key={link.claims.join()}>
                <th scope="row">{place === 0 && <EntityLink entity={country} />}</th>
                <td>{place === 0 && <EntityLink entity={exporter} />}</td>
                <td>{place === 0 && <StatusChip status={certainty} />}</td>
                <td>{link.product ? <EntityLink entity={link.product} /> : <span className="t3">{t("entity.noProduct")}</span>}</td>
                <td className="t2 nw">{link.last_seen ? day(link.last_seen) : t("evidence.undated")}</td>
                <td>
                  <button
                    className="src nw"
                    onClick={() => { open({ title: `${exporter.name} → ${country.name}`, claims: link.claims, rivals: link.rivals ?? [] }); }}
                  >
                    {t("whatIf.evidence", { count: link.claims.length })}
                  </button>
                </td>
              </tr>
            )))}
          </tbody>
        </table>
      )}
      {data.exports.length < data.exports_total && (
        <p className="pad t2">{t("state.shown", { shown: data.exports.length, total: data.exports_total })}</p>
      )}
      {data.upstream_of_exporters !== undefined && (
        <p className="pad t2">{t("whatIf.upstream", { count: data.upstream_of_exporters, number: number(data.upstream_of_exporters) })}</p>
      )}
    </Card>
  );
}

/** How many stop in which region; those switched off are not counted. */
export function RegionsCard({ data }: { data: Schemas["WhatIf"] }) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const unknown = data.region_unknown ?? 0;
  if (data.total === 0) return null;
  return (
    <Card title={t("whatIf.regions")} count={data.regions.length}>
      {data.regions.length > 0 && (
        <table className="tbl">
          <thead>
            <tr><th scope="col">{t("whatIf.region")}</th><th scope="col" className="num">{t("whatIf.certain")}</th><th scope="col" className="num">{t("whatIf.possible")}</th></tr>
          </thead>
          <tbody>
            {data.regions.map(({ region, certain, possible }) => (
              <tr key={region.id}>
                <th scope="row"><EntityLink entity={region} /></th>
                <td className="num" data-label={t("whatIf.certain")}>{number(certain)}</td>
                <td className="num" data-label={t("whatIf.possible")}>{number(possible)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {unknown > 0 && <p className="pad t2 after">{t("whatIf.regionUnknown", { count: unknown })}</p>}
    </Card>
  );
}
