import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { save } from "../parts/files";
import type { MenuItem } from "../parts/Menu";
import { useFigures } from "../words/numbers";
import { toCypher } from "./cypher";
import { toCsv, toJson } from "./exports";
import { toGeojson } from "./geojson";
import { toGraphml } from "./graphml";
import type { Net, NetworkAnswer } from "./net";
import { meansOf } from "./means";
import { captioned } from "./raster";
import type { GraphRenderer, Picture } from "./renderer";
import { toSvg } from "./svg";
import type { Tab } from "./view";
import { toXlsx } from "./workbook";

interface What {
  tab: Tab;
  shown: Net;
  picture: Picture;
  /** The answers that the view is made of, that about those whom it begins with first. */
  answers: readonly NetworkAnswer[];
  renderer: RefObject<GraphRenderer | null>;
  title: string;
  /** The day at which it is true, and that with which it is compared. */
  validAt: string | undefined;
  from: string | undefined;
  /** Say that a file could not be made. */
  fail: (why: string) => void;
  certify: (link: string) => void;
}

/** The files that a view can be saved as; a picture only while there is one. */
export function useExports({ tab, shown, picture, answers, renderer, title, validAt, from, fail, certify }: What): MenuItem[] {
  const { t, i18n } = useTranslation();
  const { day } = useFigures();
  const today = new Date().toISOString().slice(0, 10);
  const days = { day: day(validAt ?? today), from: day(from ?? today), today: day(today) };
  const caption = t(from === undefined ? "explorer.caption" : "explorer.captionCompared", { title, ...days });
  const file = (name: string, ending: string, make: Parameters<typeof save>[2]): MenuItem => ({
    name,
    run: () => { save(title, ending, make).catch(() => { fail(t("explorer.exportFailed", { name })); }); },
  });
  const link = answers[0]?.links.certificate;
  const pictures = [
    file("PNG", "png", async () => {
      const png = await renderer.current?.png();
      return png && captioned(png, caption);
    }),
    file("SVG", "svg", async () =>
      toSvg(picture, await meansOf(title, t("explorer.counts", { nodes: shown.nodes.size, edges: shown.edges.length }), caption))),
  ];
  return [
    ...(tab === "graph" && picture.cards.length > 0 ? pictures : []),
    file("CSV", "csv", () => toCsv(shown, i18n.language)),
    file("XLSX", "xlsx", () => toXlsx(shown)),
    file("JSON", "json", () => toJson(shown)),
    file("GraphML", "graphml", () => toGraphml(shown)),
    file("GeoJSON", "geojson", () => toGeojson(shown)),
    file("Cypher", "cypher", () => toCypher(shown, answers, (named, total) => t("explorer.cypherCut", { named, total }))),
    ...(link === undefined ? [] : [{ name: t("certificate.title"), run: () => { certify(link); } }]),
  ];
}
