import "server-only";

import { planOf, SEQUENCE_PURPOSES } from "#server/domain/workflows/ready-sequences.ts";
import { advance, exitReason, nextMove, SEQUENCES, type SequenceName } from "#server/domain/workflows/sequence.ts";
import { templateSpec, type TemplateKey, type TemplateSpec } from "#server/domain/workflows/templates.ts";
import { WORKFLOW_SETTINGS } from "#server/domain/workflows/settings.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { Act, Acted } from "#server/services/workflows/define.ts";
import { clockOf, exitMove, moveAll, progressOf, type Enrollment } from "#server/services/workflows/sequence/enrollments.ts";
import { lookAt } from "#server/services/workflows/sequence/sight.ts";
import { sendText } from "#server/services/workflows/send-message.ts";

/** The step an outcome is about, as its tier: `new_lead:1`. */
export const stepTier = (sequence: string, step: number): string => `${sequence}:${step}`;

/** Whose consent a step needs: its text's, or its sequence's where the words are its own. */
export const stepPurpose = (sequence: SequenceName, templateKey: TemplateKey | null): TemplateSpec["purpose"] =>
  templateKey === null ? SEQUENCE_PURPOSES[sequence] : templateSpec(templateKey).purpose;

/**
 * The action `message` of a sequence. The enrolment is locked: of two that want the same step, or two steps, one finds that it has moved
 * on. What has come up since the plan ends it here, and what comes up until the last gate ends it there.
 */
export const sendStep: Act = async (tx, ctx, acting) => {
  const { outcome, run } = acting;
  const from = await lockEnrollment(tx, ctx, outcome.contactId);
  if (from === null || stepTier(from.sequence, from.progress.nextStep) !== outcome.tier) {
    return ended("step_passed");
  }
  const settings = await settingsOf(tx, ctx, run.workflowId);
  const plan = planOf(from.sequence, settings);
  const seen = (await lookAt(tx, ctx, { workflowId: run.workflowId, people: [from] })).get(from.contactId);
  const move = seen === undefined ? null : nextMove(plan, from.progress, { ...seen, now: tx.now });
  if (move?.kind === "exit") {
    await moveAll(tx, ctx, [exitMove(from, move.exit)]);
    return ended(exitReason(move.exit));
  }
  if (seen === undefined || move?.kind !== "send") {
    return ended(move?.kind === "rest" ? move.reason : "step_passed");
  }
  const acted = await sendText(tx, ctx, {
    ...acting,
    purpose: stepPurpose(from.sequence, move.said.templateKey),
    subject: run.club.name,
    ...(move.said.channel === "best" ? {} : { channel: move.said.channel }),
  });
  const to = advance(plan, from.progress, { step: move.step, had: seen.had, at: tx.now, clock: clockOf(run, settings) });
  await moveAll(tx, ctx, [acted.kind === "effect" ? { from, to } : exitMove(from, "not_sent")]);
  return acted;
};

const lockEnrollment = async (tx: ServiceTx, ctx: ServiceContext, contactId: string): Promise<Enrollment | null> => {
  const [row] = await tx.db.$queryRaw<
    {
      id: string;
      sequence: string;
      signalsSince: Date;
      enteredAt: Date;
      status: string;
      nextStep: number;
      dueAt: Date | null;
      exit: string | null;
    }[]
  >`select id, sequence, "signalsSince", "enteredAt", status, "nextStep", "dueAt", exit from "SequenceEnrollment"
    where "clubId" = ${ctx.clubId} and "contactId" = ${contactId} and status = 'active' for update`;
  const sequence = SEQUENCES.find((name) => name === row?.sequence);
  return row === undefined || sequence === undefined
    ? null
    : { id: row.id, contactId, sequence, signalsSince: row.signalsSince, enteredAt: row.enteredAt, progress: progressOf(row) };
};

/** As they are now: a sequence that was switched off since the plan sends nothing more. */
const settingsOf = async (tx: ServiceTx, ctx: ServiceContext, workflowId: string) => {
  const { settings } = await tx.db.workflow.findFirstOrThrow({ where: { id: workflowId, clubId: ctx.clubId }, select: { settings: true } });
  return WORKFLOW_SETTINGS.sequence.schema.parse({ ...WORKFLOW_SETTINGS.sequence.defaults, ...Object(settings) });
};

const ended = (reason: string): Acted => ({ kind: "ended", outcome: "skipped", reason });
