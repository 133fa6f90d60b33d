import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon";

interface Props {
  children: ReactNode;
  /** What stands in the place of its children once they broke. */
  instead: ReactNode;
}

/** Keeps what could not be loaded or drawn from taking what stands around it with it. */
export class Boundary extends Component<Props, { isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }

  override render() {
    return this.state.isBroken ? this.props.instead : this.props.children;
  }
}

/** Stands where a whole page would. */
export function BrokenPage() {
  const { t } = useTranslation();
  return <main id="content" className="wrap"><Broken title={t("state.broken")} /></main>;
}

/** Says what did not come, and asks for it again. */
export function Broken({ title }: { title: string }) {
  const { t } = useTranslation();
  // A module that failed to load is not asked for again in the same page.
  const retry = () => { void fetch("/healthz").then(() => { location.reload(); }, () => undefined); };
  return (
    <div className="note warn" role="alert">
      <Icon name="warning" />
      <div className="grow"><b>{title}</b><p>{t("state.brokenText")}</p></div>
      <button className="btn" onClick={retry}>{t("state.retry")}</button>
    </div>
  );
}
