import type { Schemas } from "../api/client";
import type { Topic } from "./EvidenceDrawer";

type Figure = Pick<Schemas["FigureItem"], "chosen" | "rivals" | "rule"> & Partial<Pick<Schemas["FigureItem"], "agree" | "decided">>;

/** What the drawer shows of a figure: who says so, who says otherwise, and what decided between them. */
export function evidenceOf(title: string, { chosen, agree = [], rivals, rule, decided }: Figure): Topic {
  return {
    title, claims: [chosen, ...agree].map(({ id }) => id), rivals: rivals.map(({ id }) => id),
    rule: rivals.length === 0 ? undefined : [decided, rule].filter(Boolean).join(" "),
  };
}
