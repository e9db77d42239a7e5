import "server-only";

import { fallOf, STANDING_APPROVAL_DAYS } from "#server/domain/workflows/standing-approval.ts";
import { newId } from "#server/platform/ids.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { specOf } from "#server/services/workflows/definitions.ts";
import { RunTexts, settingsOfRun, type RunRow } from "#server/services/workflows/internal.ts";
import { plannedGroups, type PlannedGroup } from "#server/services/workflows/run-texts.ts";

const DAY_MS = 86_400_000;

/** Why a run waits for a person; empty = it may act. */
export type Question =
  | { readonly kind: "first_live_run" }
  | { readonly kind: "plan" }
  | { readonly kind: "text"; readonly group: string; readonly fall: "new" | "expired" | "text_changed" | "group_grew" };

/** What a person must say yes to before this run acts. */
export const openQuestions = async (tx: Tx, ctx: ServiceContext, run: RunRow): Promise<readonly Question[]> => {
  const first: readonly Question[] = run.firstLiveApprovedAt === null ? [{ kind: "first_live_run" }] : [];
  const spec = specOf(run.kind);
  if (spec.approval === "plan") {
    const planned = await tx.db.workflowOutcome.groupBy({
      by: ["action"],
      where: { clubId: ctx.clubId, workflowRunId: run.id, outcome: "planned" },
    });
    const settings = settingsOfRun(run);
    return planned.some(({ action }) => spec.asksFor(settings, action ?? "")) ? [...first, { kind: "plan" }] : first;
  }
  if (spec.approval !== "standing") {
    return first;
  }
  const questions: Question[] = [...first];
  for (const group of await sizes(tx, ctx, run)) {
    const fall = await fallOfGroup(tx, ctx, { run, group });
    if (fall !== null) {
      questions.push({ kind: "text", group: group.group, fall });
    }
  }
  return questions;
};

type Sized = PlannedGroup & { readonly textHash: string; readonly templateId: string };

const sizes = async (tx: Tx, ctx: ServiceContext, run: RunRow): Promise<readonly Sized[]> => {
  const texts = RunTexts.parse(run.texts);
  return (await plannedGroups(tx, ctx, run.id)).flatMap((group) => {
    const text = texts[group.templateKey];
    return text === undefined
      ? []
      : [{ ...group, group: `${group.group}:${group.templateKey}`, textHash: text.textHash, templateId: text.templateId }];
  });
};

const fallOfGroup = async (tx: Tx, ctx: ServiceContext, { group, run }: { readonly run: RunRow; readonly group: Sized }) => {
  const approval = await tx.db.standingApproval.findFirst({
    where: { clubId: ctx.clubId, workflowId: run.workflowId, group: group.group, fallenAt: null },
    select: { id: true, textHash: true, groupSize: true, expiresAt: true },
  });
  if (approval === null) {
    return "new";
  }
  return fallOf(approval, { textHash: group.textHash, groupSize: group.size, now: tx.now });
};

/** A yes that a run has found not to hold any more does not come back when the group shrinks again. */
export const markFallen = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { questions, run }: { readonly run: RunRow; readonly questions: readonly Question[] },
): Promise<void> => {
  for (const question of questions) {
    if (question.kind === "text" && question.fall !== "new") {
      await tx.db.standingApproval.updateMany({
        where: { clubId: ctx.clubId, workflowId: run.workflowId, group: question.group, fallenAt: null },
        data: { fallenAt: tx.now, fallReason: question.fall },
      });
    }
  }
};

/** A person's yes to every text of a run, for as many people as it is for now. */
export const storeApprovals = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { run, userId }: { readonly run: RunRow; readonly userId: string },
): Promise<void> => {
  const groups = specOf(run.kind).approval === "standing" ? await sizes(tx, ctx, run) : [];
  for (const { group, size, templateId, textHash } of groups) {
    await tx.db.standingApproval.updateMany({
      where: { clubId: ctx.clubId, workflowId: run.workflowId, group, fallenAt: null },
      data: { fallenAt: tx.now, fallReason: "replaced" },
    });
    await tx.db.standingApproval.createMany({
      data: {
        id: newId("standingApproval"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        workflowId: run.workflowId,
        group,
        templateId,
        textHash,
        groupSize: size,
        approvedById: userId,
        approvedAt: tx.now,
        expiresAt: new Date(tx.now.getTime() + STANDING_APPROVAL_DAYS * DAY_MS),
      },
    });
  }
};
