import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Icon } from "../parts/Icon";

interface Props {
  /** What was found, or why nothing was. */
  said: string;
  between: readonly [string, string];
  /** The kinds of links to look along, unless those are the usual ones. */
  along: string | undefined;
  close: () => void;
}

/** The answer to the question for a path, with the way to all paths and out of it. */
export function PathNote({ said, between, along, close }: Props) {
  const { t } = useTranslation();
  return (
    <p className="saying" role="status">
      <span>{said}</span>
      <Link href={pathsAddress(between, along)}>{t("explorer.allPaths")}</Link>
      <button className="btn ghost ic" aria-label={t("explorer.pathClose")} title={t("explorer.pathClose")} onClick={close}><Icon name="close" /></button>
    </p>
  );
}

/** The page of all paths between two. */
export function pathsAddress([from, to]: readonly [string, string], along?: string): string {
  return `/paths?${new URLSearchParams({ from, to, ...(along === undefined ? {} : { relations: along }) }).toString()}`;
}
