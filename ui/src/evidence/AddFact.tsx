import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { api, type Entity } from "../api/client";
import { useMe } from "../api/me";
import { ProblemNote } from "../parts/Answered";
import { Card } from "../parts/Card";
import { useTerms } from "../words/terms";
import { Chosen } from "./Chosen";
import { Done } from "./Done";
import { asShare, columnsOf, FACTS } from "./facts";
import { useEdit } from "./useEdit";

const STATUSES = ["actual", "planned"];

/** State a fact about an entity by hand, with a note; seen at once, and taken back by one click. */
export function AddFact({ id }: { id: string }) {
  const { t } = useTranslation();
  const term = useTerms();
  const edit = useEdit();
  const { mayEdit } = useMe();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("supplier");
  const [other, setOther] = useState<Entity>();
  const [product, setProduct] = useState<Entity>();
  const fact = FACTS.find((one) => one.name === name) ?? FACTS[0];
  if (fact === undefined || !mayEdit) return null;

  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (field: string) => { const value = given.get(field); return typeof value === "string" ? value.trim() : ""; };
    const whom = other ? `id:${other.id}` : `new:${text("new")}`;
    const said = { product: product ? `id:${product.id}` : "", buyer_share: asShare(text("buyer_share")), share: asShare(text("share")), status: text("status"), valid_from: text("valid_from") };
    const [source, url] = [text("source"), text("url")];
    void edit.send(
      api.POST("/api/v1/claims", { body: { claim: columnsOf(fact, id, whom, said), note: text("note"), ...(source ? { source } : {}), ...(url ? { url } : {}) } }),
      t("fix.added"),
    );
  };
  return (
    <Card title={t("fix.addTitle")}>
      {edit.done !== undefined ? (
        <div className="pad"><Done edit={edit} /><button className="btn" onClick={() => { edit.clear(); setOther(undefined); setProduct(undefined); }}>{t("fix.addMore")}</button></div>
      ) : (
        <details className="pad fix" onToggle={(event) => { setOpen(event.currentTarget.open); }}>
          <summary>{t("fix.addText")}</summary>
          {isOpen && <form onSubmit={submit}>
            {edit.problem && <ProblemNote problem={edit.problem} />}
            <label className="field">
              {t("fix.what")}
              <select value={name} onChange={(event) => { setName(event.target.value); setOther(undefined); }}>
                {FACTS.map((one) => <option key={one.name} value={one.name}>{t(`fix.facts.${one.name}`)}</option>)}
              </select>
            </label>
            <Chosen label={t("fix.who")} type={fact.others} entity={other} choose={setOther} />
            {other === undefined && <label className="field">{t("fix.new")}<input name="new" required /></label>}
            {fact.has.includes("product") && <Chosen label={term("field", "product")} type="Product" entity={product} choose={setProduct} />}
            {fact.has.filter((field) => field !== "product").map((field) => (
              <label key={field} className="field">{t(`fix.${field}`)}<input name={field} placeholder="25 %" /></label>
            ))}
            <label className="field">
              {term("field", "status")}
              <select name="status">{STATUSES.map((one) => <option key={one} value={one}>{term("value", one)}</option>)}</select>
            </label>
            <label className="field">{t("fix.since")}<input name="valid_from" type="date" /></label>
            <label className="field">{t("fix.source")}<input name="source" placeholder={t("fix.sourceHint")} /></label>
            <label className="field">{t("fix.url")}<input name="url" type="url" /></label>
            <label className="field">{t("fix.note")}<input name="note" required placeholder={t("fix.noteHint")} /></label>
            <button className="btn pri" disabled={edit.isPending}>{t("fix.add")}</button>
          </form>}
        </details>
      )}
    </Card>
  );
}
