import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "wouter";
import { useAnswer } from "../api/ask";
import { EntityLink } from "../parts/EntityLink";
import { Icon } from "../parts/Icon";
import { SearchBox } from "../parts/SearchBox";
import { CertaintySign } from "./CertaintySign";
import { idsOf, SWITCHES, TYPES, withOff, withoutOff, type Switch } from "./switches";

const PLANS_TOO = "actual,planned";

/** What is switched off, one chip each, and the field that adds to it. */
export function Scenario() {
  const { t } = useTranslation();
  const [address, setAddress] = useSearchParams();
  const [kind, setKind] = useState<Switch>("off");
  const chips = SWITCHES.flatMap((name) => idsOf(address, name).map((id) => ({ name, id })));
  return (
    <section className="scenario card" aria-label={t("whatIf.scenario")}>
      {chips.length > 0 && (
        <ul className="tokens">
          {chips.map(({ name, id }) => (
            <SwitchChip key={`${name} ${id}`} kind={name} id={id} remove={() => { setAddress((old) => withoutOff(old, name, id)); }} />
          ))}
        </ul>
      )}
      <div className="adds">
        <label className="s12 t2">
          {t("whatIf.kind")}
          <select value={kind} onChange={(event) => { setKind(SWITCHES.find((one) => one === event.target.value) ?? "off"); }}>
            {SWITCHES.map((one) => <option key={one} value={one}>{t(`whatIf.kinds.${one}`)}</option>)}
          </select>
        </label>
        <SearchBox
          key={kind}
          label={t("whatIf.add")}
          type={TYPES[kind]}
          onChoose={(entity) => { setAddress((old) => withOff(old, kind, entity.id)); }}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={address.get("status") === PLANS_TOO}
            onChange={({ target }) => {
              setAddress((old) => {
                const next = new URLSearchParams(old);
                if (target.checked) next.set("status", PLANS_TOO);
                else next.delete("status");
                return next;
              });
            }}
          />
          {t("whatIf.plansToo")}
        </label>
        {chips.length > 0 && <Link className="btn ghost" href="/what-if">{t("whatIf.clear")}</Link>}
      </div>
    </section>
  );
}

function SwitchChip({ kind, id, remove }: { kind: Switch; id: string; remove: () => void }) {
  const { t } = useTranslation();
  const { data, isError } = useAnswer("/api/v1/entities/{id}", { id });
  const entity = data?.data.entity;
  return (
    <li className="token">
      <CertaintySign sign="off" />
      {entity && !isError ? <EntityLink entity={entity} /> : <span className="mono">{id}</span>}
      <span className="t2">{isError ? t("state.notFound") : t(`whatIf.done.${kind}`)}</span>
      <button className="btn ghost ic" aria-label={t("whatIf.remove", { name: entity?.name ?? id })} onClick={remove}><Icon name="close" /></button>
    </li>
  );
}
