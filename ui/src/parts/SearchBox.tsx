import { useCombobox } from "downshift";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useAnswer } from "../api/ask";
import type { Entity } from "../api/client";
import { useTerms } from "../words/terms";
import { entityAddress } from "./EntityLink";
import { Glyph } from "./Glyph";
import { Icon } from "./Icon";
import { useSettled } from "./useSettled";

interface Props {
  /** What choosing one does; its page is opened if nothing is said. */
  onChoose?: (entity: Entity) => void;
  /** Only these types, comma-separated. */
  type?: string;
  label?: string;
  isBig?: boolean;
  /** The key / jumps here. */
  hasKey?: boolean;
}

const SHOWN = 8;
/** Of several types the service is asked for all that match, and those that do not fit are left out here. */
const ASKED = 50;
const LEAST_LETTERS = 2;

/** Search by name or code: suggestions while typing, Enter for all that is found. */
export function SearchBox({ onChoose, type, label, isBig = false, hasKey = false }: Props) {
  const { t } = useTranslation();
  const term = useTerms();
  const [, go] = useLocation();
  const [text, setText] = useState("");
  const asked = useSettled(text.trim(), 120);
  const isAsked = asked.length >= LEAST_LETTERS && text.trim() !== "";
  const types = type?.split(",") ?? [];
  const one = types.length === 1 ? types[0] : undefined;
  const found = useAnswer("/api/v1/entities", { q: asked, limit: types.length > 1 ? ASKED : SHOWN, type: one }, { enabled: isAsked });
  const items = isAsked
    ? (found.data?.data.items ?? []).map(({ entity }) => entity).filter((entity) => types.length === 0 || types.includes(entity.type)).slice(0, SHOWN)
    : [];
  const isWaiting = asked !== text.trim() || found.isFetching;
  const failed = found.error?.isOffline ? "state.offline" : "state.failed"; // who was not asked has not answered with nobody
  const input = useRef<HTMLInputElement>(null);
  useJump(input, hasKey);

  const box = useCombobox<Entity>({
    items,
    inputValue: text,
    selectedItem: null,
    itemToString: (entity) => entity?.name ?? "",
    // What is typed is taken in onChange below: downshift tells it later, and letters typed meanwhile would be lost.
    onInputValueChange: ({ inputValue, type: change }) => {
      if (change !== useCombobox.stateChangeTypes.InputChange) setText(inputValue);
    },
    onSelectedItemChange: ({ selectedItem }) => {
      if (selectedItem === null) return;
      setText("");
      if (onChoose) onChoose(selectedItem);
      else go(entityAddress(selectedItem.id));
    },
    // Choosing one empties the field: it asks for the next.
    stateReducer: (_, { type: change, changes }) =>
      change === useCombobox.stateChangeTypes.InputBlur ? { ...changes, selectedItem: null, inputValue: text } : changes,
  });
  const findAll = () => {
    if (!onChoose && text.trim()) go(`/search?q=${encodeURIComponent(text.trim())}`);
  };

  return (
    <div className={isBig ? "find large" : "find"} role="search" aria-label={label ?? t("search.label")}>
      <label className={label && !isBig ? "s12 t2" : "hidden"} {...box.getLabelProps()}>{label ?? t("search.label")}</label>
      <span className="box">
        <Icon name="search" />
        <input
          {...box.getInputProps({
            ref: input,
            placeholder: t("search.label"),
            onChange: (event) => { setText(event.currentTarget.value); },
            onKeyDown: (event) => {
              if (event.key === "Enter" && box.highlightedIndex < 0) findAll();
            },
          })}
        />
        {hasKey && <kbd className="kbd">/</kbd>}
        {isBig && <button type="button" className="btn pri tall" onClick={findAll}>{t("search.go")}</button>}
      </span>
      <ul className={box.isOpen && isAsked ? "menu" : "menu shut"} {...box.getMenuProps()}>
        {box.isOpen && items.map((entity, index) => (
          <li
            key={entity.id}
            className={index === box.highlightedIndex ? "item on" : "item"}
            {...box.getItemProps({ item: entity, index })}
          >
            <Glyph type={entity.type} />
            <span className="grow ell" dir="auto">{entity.name}</span>
            <span className="t3 s12">{[term("type", entity.type), entity.place].filter(Boolean).join(" · ")}</span>
          </li>
        ))}
        {box.isOpen && isAsked && items.length === 0 && (
          <li className="item t2" aria-disabled="true" role="option" aria-selected="false">
            {t(isWaiting ? "search.looking" : found.isError ? failed : "search.none")}
          </li>
        )}
      </ul>
    </div>
  );
}

/** The key / moves to the field, unless one is typing somewhere. */
function useJump(input: React.RefObject<HTMLInputElement | null>, isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return undefined;
    const jump = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest("input, textarea, select") !== null;
      if (event.code === "Slash" && !event.shiftKey && event.key !== "?" && !isTyping) {
        event.preventDefault();
        input.current?.focus();
      }
    };
    addEventListener("keydown", jump);
    return () => { removeEventListener("keydown", jump); };
  }, [input, isOn]);
}
