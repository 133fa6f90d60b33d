import i18next, { type FormatterModule } from "i18next";
import { initReactI18next } from "react-i18next";
import labels from "../generated/labels.json";
import en from "./en.json";
import ru from "./ru.json";

export const LANGUAGES = ["ru", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Numbers in sentences, as a reader of the language writes them. */
const numbers: FormatterModule = {
  type: "formatter",
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _, lang) => (typeof value === "number" ? new Intl.NumberFormat(lang).format(value) : String(value)),
};

const KEPT = "zveno.lang";

/** Words of the pages (`ui`) and of the graph's own terms (`labels`), in the language that was chosen last. */
export async function startWords(): Promise<void> {
  const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(KEPT);
  const lang = LANGUAGES.find((one) => one === asked) ?? (navigator.language.startsWith("en") ? "en" : "ru");
  await i18next.use(numbers).use(initReactI18next).init({
    lng: lang,
    fallbackLng: false,
    resources: { ru: { ui: ru, labels: labels.ru }, en: { ui: en, labels: labels.en } },
    ns: ["ui", "labels"],
    defaultNS: "ui",
    interpolation: { escapeValue: false, alwaysFormat: true },
    returnNull: false,
  });
  document.documentElement.lang = lang;
}

export function setLanguage(lang: Language): void {
  localStorage.setItem(KEPT, lang);
  document.documentElement.lang = lang;
  void i18next.changeLanguage(lang);
}
