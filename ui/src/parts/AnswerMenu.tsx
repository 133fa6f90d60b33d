import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { CertificatePanel } from "../evidence/CertificatePanel";
import { Icon } from "./Icon";
import { Menu, type MenuItem } from "./Menu";

const FILES = [["csv", "CSV"], ["xlsx", "XLSX"], ["json", "JSON"], ["graphml", "GraphML"], ["geojson", "GeoJSON"], ["cypher", "Cypher"]] as const;
const MOST = 1000;

interface Props {
  /** What the answer is about, for whoever hears the page. */
  title: string;
  links: Record<string, string>;
  pictures?: readonly MenuItem[] | undefined;
}

/** An answer as a file, and its certificate. */
export function AnswerMenu({ title, links: { self = "", certificate }, pictures = [] }: Props) {
  const { t } = useTranslation();
  const [isCertified, setCertified] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const files = [...pictures, ...FILES.map(([format, name]) => ({ name, href: fileOf(self, format) }))];
  const close = () => { setCertified(false); box.current?.querySelector("summary")?.focus(); };
  return (
    <div ref={box} className="answermenu">
      <Menu
        look="btn ghost ic" label={t("answer.menu", { title })} head={<Icon name="download" />}
        items={certificate === undefined ? files : [...files, { name: t("certificate.title"), run: () => { setCertified(true); } }]}
      />
      {isCertified && certificate !== undefined && <CertificatePanel link={certificate} close={close} />}
    </div>
  );
}

/** The whole answer as a file, where the page shows a part: from its beginning, as much as the service gives. */
function fileOf(self: string, format: string): string {
  const address = new URL(self, location.origin);
  if (address.searchParams.has("limit")) address.searchParams.set("limit", String(MOST));
  address.searchParams.delete("cursor");
  address.searchParams.set("format", format);
  return address.pathname + address.search;
}
