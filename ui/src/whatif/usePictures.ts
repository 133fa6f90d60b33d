import { useTranslation } from "react-i18next";
import { meansOf } from "../explorer/means";
import { rasterised } from "../explorer/raster";
import { toSvg } from "../explorer/svg";
import { save } from "../parts/files";
import type { MenuItem } from "../parts/Menu";
import { useTerms } from "../words/terms";
import { drawn } from "./drawing";
import { useHeadings } from "./useHeadings";
import type { Picture } from "./rounds";

/** The picture of a what-if as files; none where nothing is drawn. `fail` says that one could not be made. */
export function usePictures(picture: Picture, sentence: string, fail: (why: string) => void): MenuItem[] {
  const { t } = useTranslation();
  const term = useTerms();
  const heading = useHeadings();
  if (picture.columns.length < 2) return [];
  const svg = async () => toSvg(
    drawn(picture, {
      heading,
      state: ({ sign }) => (sign === "off" ? t("whatIf.isOff") : sign === "part" ? t("whatIf.loses") : term("value", sign)),
      unshown: (count) => t("whatIf.unshown", { count }),
    }),
    await meansOf(t("nav.whatIf"), sentence),
  );
  const file = (name: string, make: () => Promise<Blob>): MenuItem => ({
    name,
    run: () => { save(t("nav.whatIf"), name.toLowerCase(), make).catch(() => { fail(t("explorer.exportFailed", { name })); }); },
  });
  return [file("PNG", async () => rasterised(await svg())), file("SVG", svg)];
}
