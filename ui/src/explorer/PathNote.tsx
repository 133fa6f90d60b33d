import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Icon } from "../parts/Icon";

interface Props {
  /** What was found, or why nothing was. */
  said: string;
  between: readonly [string, string];
  close: () => void;
}

/** The answer to the question for a path, with the way to all paths and out of it. */
export function PathNote({ said, between, close }: Props) {
  const { t } = useTranslation();
  return (
    <p className="saying" role="status">
      <span>{said}</span>
      <Link href={pathsAddress(between)}>{t("explorer.allPaths")}</Link>
      <button className="btn ghost ic" aria-label={t("explorer.pathClose")} title={t("explorer.pathClose")} onClick={close}><Icon name="close" /></button>
    </p>
  );
}

/** The page of all paths between two. */
export function pathsAddress([from, to]: readonly [string, string]): string {
  return `/paths?${new URLSearchParams({ from, to }).toString()}`;
}
