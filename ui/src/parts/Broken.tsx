import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon";

interface Props {
  children: ReactNode;
  /** What stands in the place of its children once they broke, and by which error. */
  instead: (error: unknown) => ReactNode;
}

/** Code that did not come: the service is away, or has newer code by now. */
class NotLoaded extends Error {}

/** Code that is on its way; should it not come, that can be told from what it does wrong. */
export function loaded<Module>(module: Promise<Module>): Promise<Module> {
  return module.catch((cause: unknown) => { throw new NotLoaded("not loaded", { cause }); });
}

/** Keeps what could not be loaded or drawn from taking what stands around it with it. */
export class Boundary extends Component<Props, { broken: { error: unknown } | null }> {
  override state: { broken: { error: unknown } | null } = { broken: null };

  static getDerivedStateFromError(error: unknown): { broken: { error: unknown } } {
    return { broken: { error } };
  }

  override render() {
    return this.state.broken ? this.props.instead(this.state.broken.error) : this.props.children;
  }
}

/** Stands where a whole page would. */
export function BrokenPage({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return <main id="content" className="wrap"><Broken title={t("state.broken")} error={error} /></main>;
}

/** Says what did not come or went wrong, and asks for it again. */
export function Broken({ title, error }: { title: string; error: unknown }) {
  const { t } = useTranslation();
  // A module that failed to load is not asked for again in the same page.
  const retry = () => { void fetch("/healthz").then(() => { location.reload(); }, () => undefined); };
  return (
    <div className="note warn" role="alert">
      <Icon name="warning" />
      <div className="grow"><b>{title}</b><p>{t(error instanceof NotLoaded ? "state.brokenText" : "state.faultText")}</p></div>
      <button className="btn" onClick={retry}>{t("state.retry")}</button>
    </div>
  );
}
