import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { LANGUAGES, setLanguage } from "../words";
import { Icon } from "./Icon";
import { MeMenu } from "./MeMenu";
import { SearchBox } from "./SearchBox";
import { useTheme } from "./theme";

/** Sections that work, in the order of a first visit. */
export const SECTIONS = [
  { path: "/", name: "home" },
  { path: "/explorer", name: "explorer" },
  { path: "/paths", name: "paths" },
  { path: "/partners", name: "partners" },
  { path: "/what-if", name: "whatIf" },
  { path: "/contradictions", name: "contradictions" },
  { path: "/data", name: "data" },
] as const;

/** Where one is, search, language and theme. */
export function TopBar() {
  const { t, i18n } = useTranslation();
  const [path] = useLocation();
  const [theme, switchTheme] = useTheme();
  const [isOpen, setOpen] = useState(false);
  return (
    <header className="bar">
      <a className="skip" href="#content">{t("nav.skip")}</a>
      <Link className="logo" href="/">
        <svg viewBox="0 0 24 24" aria-hidden="true"><use href="/static/glyphs.svg#logo" /></svg>
        {t("name")}
      </Link>
      <button
        className="btn ghost ic burger"
        aria-expanded={isOpen}
        aria-label={t("nav.menu")}
        onClick={() => { setOpen(!isOpen); }}
      >
        <Icon name="menu" />
      </button>
      <nav className={isOpen ? "nav open" : "nav"} aria-label={t("nav.sections")}>
        {SECTIONS.map(({ path: own, name }) => (
          <Link
            key={own}
            href={own}
            className={path === own ? "on" : ""}
            aria-current={path === own ? "page" : undefined}
            onClick={() => { setOpen(false); }}
          >
            {t(`nav.${name}`)}
          </Link>
        ))}
        <a href={`/docs?lang=${i18n.language}`}>{t("nav.docs")}</a>
      </nav>
      {path !== "/" && <SearchBox hasKey />}
      <span className="grow" />
      <div className="seg" role="group" aria-label={t("language")}>
        {LANGUAGES.map((lang) => (
          <button
            key={lang}
            lang={lang}
            className={lang === i18n.language ? "on" : ""}
            aria-pressed={lang === i18n.language}
            onClick={() => { setLanguage(lang); }}
          >
            {lang.toUpperCase()}
          </button>
        ))}
      </div>
      <button
        className="btn ghost ic"
        aria-label={t(theme === "dark" ? "theme.light" : "theme.dark")}
        title={t(theme === "dark" ? "theme.light" : "theme.dark")}
        onClick={switchTheme}
      >
        <Icon name={theme === "dark" ? "sun" : "moon"} />
      </button>
      <MeMenu />
    </header>
  );
}
