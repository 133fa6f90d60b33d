/** From a network to what is drawn: cards with their place, lines with their pattern. */
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { counted, useFigures } from "../words/numbers";
import { useTerms } from "../words/terms";
import { SIGNS } from "./changes";
import { groupId, groupTier, isOut } from "./hubs";
import type { Edge, Net, Node } from "./net";
import { endOf } from "./patterns";
import type { Card, Line, Picture } from "./renderer";
import { layTiers, type Placed } from "./tiers";
import { useFreely } from "./useFreely";
import type { Layout, View } from "./view";

const LONGEST_LABEL = 12;
/** Groups stand below those of the same place in a tier. */
const LAST = "\uffff";

/** The picture of what is seen; whoever is placed stays there until somebody lays out anew (`round` changes). */
export function usePicture(shown: Net, view: View, round: number): Picture {
  const { t } = useTranslation();
  const term = useTerms();
  const { amount } = useFigures();
  const layFreely = useFreely(view.layout === "free");
  const kept = useRef(nobody(-1, ""));
  return useMemo(() => {
    const nodes = [...shown.nodes.values()];
    const focus = view.focus.join();
    if (kept.current.round !== round || kept.current.focus !== focus) kept.current = nobody(round, focus);
    const links = [
      ...shown.edges.map(({ from, to }) => [from, to] as const), ...shown.more.map((group) => [group.id, groupId(group)] as const),
    ];
    const layable = [
      ...nodes.map(({ entity, tier }) => ({ id: entity.id, tier, name: entity.name })),
      ...shown.more.map((group) => ({ id: groupId(group), tier: groupTier(group, shown), name: LAST })),
    ];
    const pins = Object.entries(view.pinned).map(([id, [x, y]]) => [id, { x, y }] as const);
    const fixed = (layout: Layout) => new Map([...kept.current[layout], ...pins]);
    const keep = (layout: Layout, found: ReadonlyMap<string, Placed>) => {
      for (const [id, place] of found) kept.current[layout].set(id, place);
      return found;
    };
    const tiered = keep("tiers", layTiers(layable, links, fixed("tiers")));
    const placed = layFreely ? keep("free", layFreely(tiered, links, fixed("free"))) : tiered;
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
      isFaint: shown.path !== undefined && !shown.path.nodes.has(node.entity.id),
      isGroup: false,
      hidden: shown.more.filter(({ id }) => id === node.entity.id).reduce((sum, { shown: seen, total }) => sum + total - seen, 0),
    });
    const tiers = [...new Set(nodes.map(({ tier }) => tier))].sort((a, b) => a - b);
    return {
      layout: layFreely ? "free" : "tiers",
      cards: [
        ...nodes.map(card),
        ...shown.more.map((group): Card => ({
          id: groupId(group), type: "", name: t("explorer.group.more", { count: group.total - group.shown }),
          second: term(isOut(group.relation, group.side) ? "relation" : "relation_in", group.relation), count: undefined,
          at: placed.get(groupId(group)) ?? { x: 0, y: 0 }, isPinned: false, isDisputed: false, isPlanned: false,
          isFaint: shown.path !== undefined, isGroup: true, hidden: group.total - group.shown,
        })),
      ],
      lines: [...shown.edges.map((edge) => ({
        id: edge.id, from: edge.from, to: edge.to, status: edge.status, isDisputed: edge.isDisputed,
        end: endOf(edge.relation), label: label(edge, amount),
        emphasis: emphasis(edge, shown),
      })), ...shown.more.map((group): Line => {
        const [from, to] = isOut(group.relation, group.side) ? [group.id, groupId(group)] : [groupId(group), group.id];
        return {
          id: `line ${groupId(group)}`, from, to, status: "actual", isDisputed: false, end: endOf(group.relation), label: "",
          emphasis: shown.path || shown.isCompared ? "faint" : undefined,
        };
      })],
      columns: layFreely ? [] : tiers.map((tier) => ({
        tier,
        title: t(tier === 0 ? "explorer.begun" : tier < 0 ? "explorer.before" : "explorer.after", { tier: Math.abs(tier) }),
        count: nodes.filter((node) => node.tier === tier).length,
      })),
    };
  }, [shown, view.focus, view.pinned, round, layFreely, t, term, amount]);
}

/** Where each stands, by layout: going back to the other one finds it as it was. */
function nobody(round: number, focus: string) {
  return { round, focus, tiers: new Map<string, Placed>(), free: new Map<string, Placed>() };
}

function emphasis({ id, change }: Edge, { path, isCompared }: Net): Line["emphasis"] {
  if (path) return path.edges.has(id) ? "path" : "faint";
  return isCompared ? (change ?? "faint") : undefined;
}

function second({ entity, count }: Node, type: string): string {
  if (count) return type;
  return [entity.place, type].filter(Boolean).join(" · ");
}

/** One short figure or word; a longer one stands in the details. */
function label(edge: Edge, amount: (of: NonNullable<Edge["amount"]>) => string): string {
  const figure = edge.amount ? amount(edge.amount) : (edge.products[0] ?? "");
  return [edge.change && SIGNS[edge.change], figure.length <= LONGEST_LABEL ? figure : ""].filter(Boolean).join(" ");
}
