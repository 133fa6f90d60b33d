/** From a network to what is drawn: cards with their place, lines with their pattern. */
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { counted, useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";
import type { Edge, Net, Node } from "./net";
import type { Card, Line, Picture } from "./renderer";
import { layTiers, type Placed } from "./tiers";
import type { View } from "./view";

const ENDS: Record<string, Line["end"]> = {
  SUPPLIES: "arrow", EXPORTS_TO: "arrow", SELLS_TO: "arrow", PRODUCES: "arrow", COOPERATES_WITH: "circle", OWNS: "bar", OPERATES: "bar",
};
const LONGEST_LABEL = 12;

/** The picture of what is seen; whoever is placed stays there until somebody lays out anew (`round` changes). */
export function usePicture(shown: Net, view: View, round: number): Picture {
  const { t } = useTranslation();
  const term = useTerms();
  const { amount } = useFigures();
  const kept = useRef({ round: -1, focus: "", placed: new Map<string, Placed>() });
  return useMemo(() => {
    const nodes = [...shown.nodes.values()];
    const focus = view.focus.join();
    if (kept.current.round !== round || kept.current.focus !== focus) kept.current = { round, focus, placed: new Map() };
    const fixed = new Map(kept.current.placed);
    for (const [id, [x, y]] of Object.entries(view.pinned)) fixed.set(id, { x, y });
    const placed = layTiers(
      nodes.map(({ entity, tier }) => ({ id: entity.id, tier, name: entity.name })),
      shown.edges.map(({ from, to }) => [from, to] as const),
      fixed,
    );
    for (const [id, place] of placed) kept.current.placed.set(id, place);
    const planned = new Set(nodes.map(({ entity }) => entity.id));
    for (const edge of shown.edges) {
      if (edge.status !== "planned") {
        planned.delete(edge.from);
        planned.delete(edge.to);
      }
    }
    const card = (node: Node): Card => ({
      id: node.entity.id,
      type: node.entity.type,
      name: node.entity.name,
      second: second(node, term("type", node.entity.type)),
      count: node.count && counted(node.count),
      at: placed.get(node.entity.id) ?? { x: 0, y: 0 },
      isPinned: node.entity.id in view.pinned,
      isDisputed: false,
      isPlanned: node.tier !== 0 && planned.has(node.entity.id),
      hidden: shown.more.filter(({ id }) => id === node.entity.id).reduce((sum, { shown: seen, total }) => sum + total - seen, 0),
    });
    const tiers = [...new Set(nodes.map(({ tier }) => tier))].sort((a, b) => a - b);
    return {
      cards: nodes.map(card),
      lines: shown.edges.map((edge) => ({
        id: edge.id, from: edge.from, to: edge.to, status: edge.status, isDisputed: edge.isDisputed,
        end: ENDS[edge.relation] ?? "diamond", label: label(edge, amount),
      })),
      columns: tiers.map((tier) => ({
        tier,
        title: t(tier === 0 ? "explorer.begun" : tier < 0 ? "explorer.before" : "explorer.after", { tier: Math.abs(tier) }),
        count: nodes.filter((node) => node.tier === tier).length,
      })),
    };
  }, [shown, view.focus, view.pinned, round, t, term, amount]);
}

function second({ entity, count }: Node, type: string): string {
  if (count) return type;
  return [entity.place, type].filter(Boolean).join(" · ");
}

/** One short figure or word; a longer one stands in the details. */
function label(edge: Edge, amount: (of: NonNullable<Edge["amount"]>) => string): string {
  const figure = edge.amount ? amount(edge.amount) : (edge.products[0] ?? "");
  return figure.length <= LONGEST_LABEL ? figure : "";
}
