import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../api/client";
import { ProblemNote } from "../parts/Answered";
import { Icon } from "../parts/Icon";
import { askAgain, linkIn, toFile, type Certificate } from "./certificates";
import { download } from "../parts/files";

interface Props {
  /** `links.certificate` of the answer. */
  link: string;
  close: () => void;
}

/** The proof of an answer: kept as a file, and asked again to see whether the answer is still the same. */
export function CertificatePanel({ link, close }: Props) {
  const { t, i18n } = useTranslation();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => { head.current?.focus(); }, []);
  const made = useQuery<Certificate, Problem>({
    queryKey: ["certificate", link, i18n.language],
    queryFn: ({ signal }) => askAgain(link, i18n.language, signal),
    gcTime: 0,
  });
  const again = useMutation<Certificate, Problem, string>({ mutationFn: (kept) => askAgain(kept, i18n.language) });
  const read = useMutation<Certificate, Problem | Error, File>({
    mutationFn: async (file) => {
      const kept = linkIn(await file.text());
      if (kept === undefined) throw new Error(t("certificate.unreadable", { name: file.name }));
      return askAgain(kept, i18n.language);
    },
  });
  const outcome = read.data ?? again.data;
  return (
    <section className="floating card" aria-label={t("certificate.title")}>
      <header>
        <h2 ref={head} tabIndex={-1} className="grow">{t("certificate.title")}</h2>
        <button className="btn ghost ic" aria-label={t("certificate.close")} onClick={close}><Icon name="close" /></button>
      </header>
      <div className="pad part">
        <p className="t2">{t("certificate.text")}</p>
        {made.isError && <ProblemNote problem={made.error} retry={() => void made.refetch()} />}
        {made.data && <p className="mono s12 hash">{made.data.data.hash}</p>}
        <p className="row wrap">
          <button className="btn" disabled={!made.data} onClick={() => { if (made.data) download(toFile(made.data), "zveno-certificate.json"); }}>
            <Icon name="download" />{t("certificate.save")}
          </button>
          <button className="btn" disabled={!made.data || again.isPending} onClick={() => { if (made.data) { read.reset(); again.mutate(made.data.data.certificate); } }}>
            {t("certificate.again")}
          </button>
        </p>
        <label className="part">
          {t("certificate.read")}
          <input
            type="file"
            accept="application/json,.json"
            onChange={({ target }) => {
              const file = target.files?.[0];
              if (file) read.mutate(file);
              target.value = "";
            }}
          />
        </label>
        <div role="status">
          {read.isError && <p className="note warn">{read.error.message}</p>}
          {again.isError && <p className="note warn">{again.error.message}</p>}
          {outcome && <Outcome certificate={outcome} />}
        </div>
      </div>
    </section>
  );
}

/** Whether the same came out, else why not, and what differs today. */
function Outcome({ certificate: { data } }: { certificate: Certificate }) {
  const { t } = useTranslation();
  const { now } = data;
  return (
    <div className={data.reproduced ? "note" : "note warn"}>
      <div>
        <p><b>{t(data.reproduced ? "certificate.same" : "certificate.other")}</b></p>
        {data.why_not && <p>{data.why_not}</p>}
        <p>
          {now.same
            ? t("certificate.nowSame")
            : t("certificate.nowOther", { more: now.claims_new_total, fewer: now.claims_gone_total, fields: now.fields_changed.join(", ") || "—" })}
        </p>
      </div>
    </div>
  );
}
