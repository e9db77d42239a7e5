import { describe, expect, it } from "vitest";

import { rolloutOf } from "#components/workflows/rollout.ts";
import { asId } from "#server/domain/ids.ts";
import type { WorkflowKind } from "#server/domain/workflows/kinds.ts";

const NOW = new Date("2026-11-21T12:00:00Z");
const HOUR_MS = 3_600_000;

const dry = (kind: WorkflowKind) => ({
  id: asId("workflow", `wf_${kind}`),
  kind,
  name: kind,
  isDryRun: true,
  previewedAt: null,
  reviewedAt: null,
  reviewFrom: null,
});
const live = (kind: WorkflowKind, { hours, isReviewed }: { readonly hours: number; readonly isReviewed: boolean }) => ({
  ...dry(kind),
  isDryRun: false,
  reviewedAt: isReviewed ? NOW : null,
  reviewFrom: isReviewed ? null : new Date(NOW.getTime() + (24 - hours) * HOUR_MS),
});

describe("the order in which workflows go live", () => {
  it("begins with the campaigns, whatever order the list has", () => {
    expect(rolloutOf([dry("door_access"), dry("daily_campaigns"), dry("past_due")], NOW)).toMatchObject({
      kind: "next",
      workflow: { kind: "daily_campaigns" },
    });
  });

  it("offers nothing further while one is in its first day", () => {
    const first = live("daily_campaigns", { hours: 23, isReviewed: false });
    expect(rolloutOf([first, dry("past_due")], NOW)).toEqual({ kind: "watch", workflow: first, until: first.reviewFrom });
  });

  it("asks for the look back after exactly a day", () => {
    const first = live("daily_campaigns", { hours: 24, isReviewed: false });
    expect(rolloutOf([first, dry("past_due")], NOW)).toEqual({ kind: "review", workflow: first });
  });

  it("offers the next one once the first was looked at, and nothing when all are live", () => {
    const first = live("daily_campaigns", { hours: 30, isReviewed: true });
    expect(rolloutOf([first, dry("past_due")], NOW)).toMatchObject({ kind: "next", workflow: { kind: "past_due" } });
    expect(rolloutOf([first], NOW)).toEqual({ kind: "all_live" });
  });
});
