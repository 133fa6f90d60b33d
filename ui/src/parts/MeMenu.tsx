import { useTranslation } from "react-i18next";
import { useMe } from "../api/me";
import { Icon } from "./Icon";

/** Whose key this browser is signed in with, what it allows, and the way out; nothing where no keys are in force. */
export function MeMenu() {
  const { t, i18n } = useTranslation();
  const { me } = useMe();
  if (!me?.signed_in) return null;
  return (
    <details className="me">
      <summary className="btn ghost" aria-label={t("me.title", { name: me.name })}>
        <Icon name="person" /> <span className="ell" dir="auto">{me.name}</span>
      </summary>
      <div className="menu">
        <p><b dir="auto">{me.name}</b> <span className="t2">{t(`me.role.${me.role}`)}</span></p>
        <form action={`/sign-out?lang=${i18n.language}`} method="post"><button className="btn">{t("me.signOut")}</button></form>
      </div>
    </details>
  );
}
