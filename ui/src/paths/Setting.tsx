import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { useAnswer } from "../api/ask";
import { EntityLink } from "../parts/EntityLink";
import { Icon } from "../parts/Icon";
import { SearchBox } from "../parts/SearchBox";
import { useTerms } from "../words/terms";
import { RELATIONS, walked, withWalked } from "./relations";

const COUNTS = [1, 3, 5, 10, 20, 50];
const LENGTHS = [1, 2, 3, 4, 5, 6, 8, 10, 12];

/** Both ends, how many paths, how long, along which links and without whom; all of it stands in the address. */
export function Setting() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const set = (changes: Record<string, string>) => {
    setAddress((old) => {
      const next = new URLSearchParams(old);
      for (const [name, value] of Object.entries(changes)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      return next;
    });
  };
  const [from, to] = [address.get("from") ?? "", address.get("to") ?? ""];
  return (
    <section className="setting card" aria-label={t("paths.setting")}>
      <div className="pair">
        <End label={t("paths.from")} id={from} set={(id) => { set({ from: id }); }} />
        <button className="btn ic swap" aria-label={t("paths.swap")} title={t("paths.swap")} disabled={!from && !to} onClick={() => { set({ from: to, to: from }); }}>
          <svg className="i" viewBox="0 0 16 16" aria-hidden="true"><path d="M2.5 5.5h10M10 3l2.5 2.5L10 8M13.5 10.5h-10M6 8l-2.5 2.5L6 13" /></svg>
        </button>
        <End label={t("paths.to")} id={to} set={(id) => { set({ to: id }); }} />
      </div>
      <div className="limits">
        <Choice label={t("paths.k")} value={address.get("k") ?? "5"} values={COUNTS} set={(k) => { set({ k }); }} />
        <Choice label={t("paths.length")} value={address.get("max_length") ?? "6"} values={LENGTHS} set={(length) => { set({ max_length: length }); }} />
        <Relations />
        <Without />
      </div>
    </section>
  );
}

/** One end: its name and a way to change it, or the search for it. */
function End({ label, id, set }: { label: string; id: string; set: (id: string) => void }) {
  const { t } = useTranslation();
  const { data, isError } = useAnswer("/api/v1/entities/{id}", { id }, { enabled: id !== "" });
  if (id === "") return <div className="end"><SearchBox label={label} onChoose={(entity) => { set(entity.id); }} /></div>;
  const entity = isError ? undefined : data?.data.entity;
  return (
    <div className="end">
      <span className="s12 t2">{label}</span>
      <span className="token">
        {entity ? <EntityLink entity={entity} /> : <span className="mono">{id}</span>}
        <button className="btn ghost ic" aria-label={`${t("paths.change")}: ${entity?.name ?? id}`} onClick={() => { set(""); }}><Icon name="close" /></button>
      </span>
    </div>
  );
}

function Choice({ label, value, values, set }: { label: string; value: string; values: readonly number[]; set: (value: string) => void }) {
  const all = values.map(String);
  return (
    <label className="s12 t2">
      {label}
      <select value={value} onChange={(event) => { set(event.target.value); }}>
        {[...new Set([...all, value])].map((one) => <option key={one}>{one}</option>)}
      </select>
    </label>
  );
}

function Relations() {
  const { t } = useTranslation();
  const term = useTerms();
  const [address, setAddress] = useSearchParams();
  const chosen = walked(address);
  const isUsual = !address.has("relations") && !address.has("-relations");
  return (
    <details className="choice">
      <summary>{t("paths.relations")}: {isUsual ? t("paths.allRelations") : t("paths.someRelations", { count: chosen.length })}</summary>
      <fieldset>
        <legend className="t2 s12">{t("paths.relationsText")}</legend>
        {RELATIONS.map((one) => (
          <label key={one} className="check">
            <input
              type="checkbox"
              checked={chosen.includes(one)}
              onChange={({ target }) => {
                setAddress((old) => withWalked(old, target.checked ? [...chosen, one] : chosen.filter((other) => other !== one)));
              }}
            />
            {term("relation", one)}
          </label>
        ))}
        {!isUsual && <button className="btn" onClick={() => { setAddress((old) => withWalked(old, [])); }}>{t("paths.usual")}</button>}
      </fieldset>
    </details>
  );
}

function Without() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const ids = withoutIds(address);
  return (
    <details className="choice" open={ids.length > 0}>
      <summary>{t("paths.without")} <span className="cnt">{ids.length}</span></summary>
      <div className="inside">
        <p className="t2 s12">{t("paths.withoutText")}</p>
        {ids.length > 0 && (
          <ul className="tokens">{ids.map((id) => <Left key={id} id={id} allow={() => { setAddress((old) => avoiding(old, ids.filter((one) => one !== id))); }} />)}</ul>
        )}
        <SearchBox label={t("paths.without")} onChoose={({ id }) => { setAddress((old) => avoiding(old, [...ids, id])); }} />
      </div>
    </details>
  );
}

function Left({ id, allow }: { id: string; allow: () => void }) {
  const { t } = useTranslation();
  const { data, isError } = useAnswer("/api/v1/entities/{id}", { id });
  const entity = isError ? undefined : data?.data.entity;
  return (
    <li className="token">
      {entity ? <EntityLink entity={entity} /> : <span className="mono">{id}</span>}
      <button className="btn ghost ic" aria-label={t("paths.allow", { name: entity?.name ?? id })} onClick={allow}><Icon name="close" /></button>
    </li>
  );
}

/** Those whom paths may not go through. */
export function withoutIds(address: URLSearchParams): string[] {
  return (address.get("-entity") ?? "").split(",").filter(Boolean);
}

/** The address with these left out. */
export function avoiding(address: URLSearchParams, ids: readonly string[]): URLSearchParams {
  const next = new URLSearchParams(address);
  if (ids.length > 0) next.set("-entity", [...new Set(ids)].join(","));
  else next.delete("-entity");
  return next;
}
