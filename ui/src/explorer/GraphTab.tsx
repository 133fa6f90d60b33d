import { useEffect, useRef, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useTheme } from "../parts/theme";
import type { GraphRenderer, Picture, Reactions } from "./renderer";

interface Props {
  picture: Picture;
  selected: readonly string[];
  line: string | undefined;
  renderer: RefObject<GraphRenderer | null>;
  react: Omit<Reactions, "onSight">;
  /** What the voice says: where one is, and what a key has done. */
  said: string;
}

/** The canvas as one widget: it takes the focus once, and keys walk it. */
export function GraphTab({ picture, selected, line, renderer, react, said }: Props) {
  const { t } = useTranslation();
  const [theme] = useTheme();
  const box = useRef<HTMLDivElement>(null);
  const [inSight, setSight] = useState<number>();
  const latest = useRef({ picture, selected, line, react });
  useEffect(() => {
    latest.current = { picture, selected, line, react };
  });
  useEffect(() => {
    let isGone = false;
    const own = renderer;
    void import("./cytoscapeRenderer").then(({ CytoscapeRenderer }) => {
      if (isGone || box.current === null) return;
      const now = () => latest.current.react;
      const made = new CytoscapeRenderer(box.current, {
        onCard: (id, isAdded) => { now().onCard(id, isAdded); },
        onLine: (id) => { now().onLine(id); },
        onNothing: () => { now().onNothing(); },
        onMoved: (id, at) => { now().onMoved(id, at); },
        onOpen: (id) => { now().onOpen(id); },
        onSight: setSight,
      });
      own.current = made;
      made.show(latest.current.picture);
      made.choose(latest.current.selected, latest.current.line);
    });
    return () => {
      isGone = true;
      own.current?.end();
      own.current = null;
    };
  }, [renderer]);
  useEffect(() => { renderer.current?.show(picture); }, [renderer, picture]);
  useEffect(() => { renderer.current?.fit(); }, [renderer, picture.layout]);
  useEffect(() => { renderer.current?.choose(selected, line); }, [renderer, picture, selected, line]);
  useEffect(() => { renderer.current?.recolour(); }, [renderer, theme]);
  return (
    <div className="graph">
      <div
        ref={box}
        className="canvas"
        role="application"
        tabIndex={0}
        aria-label={t("explorer.canvas", { count: picture.cards.length })}
        aria-describedby="explorer-voice"
      />
      {inSight !== undefined && inSight < picture.cards.length && (
        <p className="insight s12">
          {t("explorer.inSight", { seen: inSight, total: picture.cards.length })}{" "}
          <button className="src" onClick={() => { renderer.current?.fit(); }}>{t("explorer.showAll")}</button>
        </p>
      )}
      <p id="explorer-voice" className="hidden" aria-live="polite">{said}</p>
    </div>
  );
}
