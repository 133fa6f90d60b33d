import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import labels from "../generated/labels.json";
import en from "./en.json";
import ru from "./ru.json";

export const LANGUAGES = ["ru", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const KEPT = "zveno.lang";

/** Words of the pages (`ui`) and of the graph's own terms (`labels`), in the language that was chosen last. */
export async function startWords(): Promise<void> {
  const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(KEPT);
  const lang = LANGUAGES.find((one) => one === asked) ?? (navigator.language.startsWith("en") ? "en" : "ru");
  await i18next.use(initReactI18next).init({
    lng: lang,
    fallbackLng: false,
    resources: { ru: { ui: ru, labels: labels.ru }, en: { ui: en, labels: labels.en } },
    ns: ["ui", "labels"],
    defaultNS: "ui",
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = lang;
}

export function setLanguage(lang: Language): void {
  localStorage.setItem(KEPT, lang);
  document.documentElement.lang = lang;
  void i18next.changeLanguage(lang);
}
