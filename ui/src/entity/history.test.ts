import { expect, it } from "vitest";
import type { Claim, Schemas } from "../api/client";
import { versionsOf } from "./history";

const claim = (id: string, share: number, kind = "CapacityUse", { document = "page", period = "2024", status = "actual" } = {}) =>
  ({ id, type: "HAS", subject: { id: "plant", name: "Plant", type: "Plant" }, stated: { kind, period, share: [share, share] }, status, document }) as unknown as Claim;
const event = (version: number, name: string, of: Claim): Schemas["HistoryItem"] => ({ version, at: `2026-0${version}-01T00:00:00Z`, event: name, claim: of });

it("a claim that is replaced in one version is one correction, from the old value to the new", () => {
  const [last, first] = versionsOf([
    event(2, "learnt", claim("new", 0.45)), event(2, "learnt", claim("other", 0.5, "Other")), event(2, "retracted", claim("old", 0.4)),
    event(1, "learnt", claim("old", 0.4)),
  ], 4, new Set());
  expect(last?.changes.map((one) => [one.event, one.claim.id, one.old?.id])).toEqual([["corrected", "new", "old"], ["learnt", "other", undefined]]);
  expect(first).toMatchObject({ version: 1, changes: [{ event: "learnt", claim: { id: "old" } }] });
});

it("two that are learnt at once, and one that is only withdrawn, stay what they are", () => {
  const [own] = versionsOf([event(1, "learnt", claim("a", 0.4)), event(1, "learnt", claim("b", 0.5)), event(1, "retracted", claim("c", 0.1, "Other"))], 3, new Set());
  expect(own?.changes.map((one) => one.event)).toEqual(["learnt", "learnt", "retracted"]);
});

it("only what is about the same, in one document or by hand, is a correction", () => {
  const old = claim("old", 0.4);
  const said = (now: Claim, total = 2) => versionsOf([event(1, "learnt", now), event(1, "retracted", old)], total, new Set(["hand"]))[0]?.changes.map((one) => one.event);
  expect(said(claim("new", 0.5, "CapacityUse", { document: "hand" }))).toEqual(["corrected"]);
  for (const other of [{ document: "other page" }, { period: "2025" }, { status: "planned" }]) {
    expect(said(claim("new", 0.5, "CapacityUse", other))).toEqual(["learnt", "retracted"]);
  }
  expect(said(claim("new", 0.5), 3)).toEqual(["learnt", "retracted"]);
});

it("of several that are learnt and withdrawn at once none is said to replace another", () => {
  const [own] = versionsOf([event(1, "learnt", claim("a", 0.4)), event(1, "learnt", claim("b", 0.5)), event(1, "retracted", claim("c", 0.1))], 3, new Set());
  expect(own?.changes.map((one) => one.event)).toEqual(["learnt", "learnt", "retracted"]);
});
