import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer } from "../api/ask";
import type { Entity } from "../api/client";
import { EntityLink } from "../parts/EntityLink";
import { Icon } from "../parts/Icon";
import { SearchBox } from "../parts/SearchBox";
import { useFigures } from "../words/numbers";
import { useScore } from "./score";
import { MOST_KM, REASONS, USUAL_KM, USUAL_WEIGHTS, wordsOf, type Search } from "./search";

interface Props {
  search: Search;
  /** Whom it is asked for, once that is known. */
  of: Entity | undefined;
  change: (next: Partial<Search>) => void;
}

/** For whom, what, how far; region, order and weights below. */
export function Conditions({ search, of, change }: Props) {
  const { t } = useTranslation();
  const isSupply = search.who === "suppliers";
  return (
    <div className="qry">
      <div className="seg" role="group" aria-label={t("partners.who")}>
        {(["suppliers", "customers"] as const).map((who) => (
          <button
            key={who}
            className={search.who === who ? "on" : ""}
            aria-pressed={search.who === who}
            onClick={() => { change({ who, product: "", at: "", limit: undefined }); }}
          >
            {t(`partners.${who}`)}
          </button>
        ))}
      </div>
      <div className="flds">
        <Chosen label={t("partners.asker")} hint={t("partners.askerHint")} entity={of} id={search.id}
          choose={(id) => { change({ id, product: "", at: "" }); }} />
        {search.id !== "" && (
          <>
            <ProductChoice search={search} of={of} change={change} label={t(isSupply ? "partners.product" : "partners.sells")} />
            <Radius km={search.km} set={(km) => { change({ km }); }} />
          </>
        )}
      </div>
      {search.without.length > 0 && (
        <ul className="tokens">
          {search.without.map((id) => (
            <Without key={id} id={id} allow={() => { change({ without: search.without.filter((one) => one !== id), at: "" }); }} />
          ))}
        </ul>
      )}
      <details open={isUnusual(search)} hidden={search.id === ""}>
        <summary>{t("partners.conditions")}</summary>
        <div className="more">
          <RegionChoice search={search} change={change} />
          {isSupply && (
            <label className="fld">
              <span>{t("partners.order")}</span>
              <select value={search.order} onChange={(event) => { change({ order: event.target.value as Search["order"] }); }}>
                <option value="score">{t("partners.score")}</option>
                <option value="distance">{t("partners.distance")}</option>
              </select>
            </label>
          )}
          <WeightSliders search={search} change={change} />
        </div>
      </details>
    </div>
  );
}

/** One who is to be replaced, and so is not among those found. */
function Without({ id, allow }: { id: string; allow: () => void }) {
  const { t } = useTranslation();
  const { data } = useAnswer("/api/v1/entities/{id}", { id });
  const entity = data?.data.entity;
  return (
    <li className="token">
      <span className="t2">{t("partners.without")}</span>
      {entity ? <EntityLink entity={entity} /> : <span className="mono">{id}</span>}
      <button className="btn ghost ic" aria-label={t("partners.allow", { name: entity?.name ?? id })} onClick={allow}><Icon name="close" /></button>
    </li>
  );
}

function isUnusual({ region, order, weights }: Search): boolean {
  return region !== "" || order !== "score" || wordsOf(weights) !== "";
}

interface ChosenProps {
  label: string;
  hint: string;
  entity: Entity | undefined;
  id: string;
  choose: (id: string) => void;
}

/** The one that was chosen, with a way to choose another. */
function Chosen({ label, hint, entity, id, choose }: ChosenProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  if (id === "" || isOpen) {
    return (
      <div className="fld wide">
        <SearchBox label={`${label}: ${hint.toLowerCase()}`} onChoose={(chosen) => { setOpen(false); choose(chosen.id); }} />
      </div>
    );
  }
  return (
    <div className="fld">
      <div className="row">
        <span>{label}</span>
        <button className="src" onClick={() => { setOpen(true); }}>{t("partners.change")}<span className="hidden"> {label}</span></button>
      </div>
      {entity ? <EntityLink entity={entity} /> : <span dir="auto">{id}</span>}
    </div>
  );
}

const OTHER = "-";
/** An id of an entity; what is no id is a name or a code, and shown as it stands in the address. */
const IS_ID = /^[0-9a-z]{13}$/;

/** All needs, one of them, or any other product. */
function ProductChoice({ search, of, change, label }: Props & { label: string }) {
  const { t } = useTranslation();
  const [isOther, setOther] = useState(false);
  const id = useId();
  const isSupply = search.who === "suppliers";
  const isTown = of !== undefined && of.type !== "Plant" && of.type !== "Company" && of.type !== "Organization";
  const route = isSupply ? "/api/v1/entities/{id}/local-partners" : "/api/v1/entities/{id}/local-customers";
  const all = useAnswer(route, { id: search.id, limit: 1, rejected: 0 }, { enabled: of !== undefined && !isTown });
  const chosen = useAnswer("/api/v1/entities/{id}", { id: search.product }, { enabled: IS_ID.test(search.product) });
  const products = isTown || all.isPlaceholderData ? [] : (all.data?.data.products ?? []);
  const isListed = products.some((product) => product.id === search.product);
  const own = chosen.data && !chosen.isPlaceholderData && !chosen.isError ? chosen.data.data.entity : undefined;
  if (isOther || (isTown && search.product === "")) {
    return (
      <div className="fld wide">
        <SearchBox type="Product" label={label} onChoose={(product) => { setOther(false); change({ product: product.id, at: "" }); }} />
      </div>
    );
  }
  return (
    <div className="fld">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={search.product}
        onChange={({ target: { value } }) => {
          if (value === OTHER) setOther(true);
          else change({ product: value, at: "" });
        }}
      >
        {!isTown && <option value="">{t(isSupply ? "partners.allNeeds" : "partners.allMade")}</option>}
        {search.product !== "" && !isListed && <option value={search.product}>{own?.name ?? search.product}</option>}
        {products.map((product) => <option key={product.id} value={product.id}>{product.name}</option>)}
        <option value={OTHER}>{t("partners.otherProduct")}…</option>
      </select>
    </div>
  );
}

/** How far, in kilometres, or at any distance. */
function Radius({ km, set }: { km: number | null; set: (km: number | null) => void }) {
  const { t } = useTranslation();
  const { kilometres } = useFigures();
  const [value, slide] = useSliding(km ?? USUAL_KM, set);
  const id = useId();
  const text = kilometres([value, value]);
  return (
    <div className="fld rad">
      <label htmlFor={id}>{t("partners.within")}</label>
      <div className="row">
        <input
          id={id} type="range" min={5} max={Math.max(MOST_KM, value)} step={5} value={value} aria-valuetext={text}
          disabled={km === null}
          onChange={(event) => { slide(Number(event.target.value)); }}
        />
        <output htmlFor={id}>{km === null ? "∞" : text}</output>
      </div>
      <label className="s12 row">
        <input type="checkbox" checked={km === null} onChange={(event) => { set(event.target.checked ? null : value); }} />
        {t("partners.any")}
      </label>
    </div>
  );
}

function RegionChoice({ search, change }: Pick<Props, "search" | "change">) {
  const { t } = useTranslation();
  const asked = useAnswer("/api/v1/entities/{id}", { id: search.region }, { enabled: IS_ID.test(search.region) });
  if (search.region === "") {
    return (
      <div className="fld wide">
        <SearchBox type="Region" label={t("partners.region")} onChoose={(region) => { change({ region: region.id }); }} />
      </div>
    );
  }
  const found = asked.isPlaceholderData || asked.isError ? undefined : asked.data?.data.entity;
  return (
    <div className="fld">
      <span>{t("partners.region")}</span>
      <div className="row">
        {found ? <EntityLink entity={found} /> : search.region}
        <button className="btn ghost ic" aria-label={`${t("partners.remove")}: ${t("partners.region")}`} onClick={() => { change({ region: "" }); }}>
          <Icon name="close" />
        </button>
      </div>
    </div>
  );
}

/** What counts how much. */
function WeightSliders({ search, change }: Pick<Props, "search" | "change">) {
  const { t } = useTranslation();
  const shown = REASONS.filter((reason) => reason !== "capacity" || search.who === "suppliers");
  return (
    <fieldset className="weights">
      <legend>{t("partners.weight")}</legend>
      {shown.map((reason) => (
        <WeightSlider
          key={reason}
          label={t(`partners.reason.${reason}`)}
          weight={search.weights[reason]}
          set={(weight) => { change({ weights: { ...search.weights, [reason]: weight } }); }}
        />
      ))}
      {wordsOf(search.weights) !== "" && (
        <button className="btn" onClick={() => { change({ weights: { ...USUAL_WEIGHTS } }); }}><Icon name="undo" /> {t("partners.reset")}</button>
      )}
    </fieldset>
  );
}

function WeightSlider({ label, weight, set }: { label: string; weight: number; set: (weight: number) => void }) {
  const score = useScore();
  const [value, slide] = useSliding(weight, set);
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <input id={id} type="range" min={0} max={Math.max(3, value)} step={0.25} value={value} onChange={(event) => { slide(Number(event.target.value)); }} />
      <output htmlFor={id}>{score.weight(value)}</output>
    </div>
  );
}

const SETTLED_MS = 180;

/** A slider moves at once; what it asks is asked when it rests. */
function useSliding(given: number, set: (value: number) => void): [number, (value: number) => void] {
  const [own, setOwn] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tell = useRef(set);
  tell.current = set;
  useEffect(() => { setOwn(null); }, [given]);
  useEffect(() => () => { clearTimeout(timer.current); }, []);
  return [
    own ?? given,
    (value) => {
      setOwn(value);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => { tell.current(value); }, SETTLED_MS);
    },
  ];
}
