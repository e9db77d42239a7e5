import "server-only";

import { DomainError, notFound } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import type { Tier } from "#server/domain/past-due/facts.ts";
import { withOptOut } from "#server/domain/workflows/merge-fields.ts";
import { reasonText } from "#server/domain/workflows/outcomes.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { accessDeed } from "#server/services/access/request-access.ts";
import { reminderDeed } from "#server/services/collections/reminder-deed.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { noteDeed } from "#server/services/members/request-note.ts";
import type { PlannedAct } from "#server/services/workflows/define.ts";
import { judgePage, type JudgedRow } from "#server/services/workflows/judge-page.ts";
import { lockRun, type RunRow } from "#server/services/workflows/internal.ts";

import { noteAnswer, plannedMessages } from "./answer-task-call.ts";
import { isThinking } from "./load-task.ts";

/** Somebody behind a handle of the run. */
export type TaskPerson =
  | { readonly kind: "member"; readonly id: Id<"member"> }
  | { readonly kind: "prospect"; readonly id: Id<"prospect"> };

type MemberDeed = { readonly memberId: Id<"member"> };

/** One deed for one person, as the model asked for it. */
export type TaskDeed =
  | { readonly kind: "message"; readonly person: TaskPerson; readonly text: string; readonly purpose: "service" | "marketing" }
  | (MemberDeed & { readonly kind: "reminder"; readonly tier: Tier })
  | (MemberDeed & { readonly kind: "note"; readonly text: string })
  | (MemberDeed & { readonly kind: "lock" | "unlock" });

type Planning = {
  readonly callId: string;
  readonly runId: string;
  /** Of the run: whatever the model asks for, no more messages than these are planned. */
  readonly messagesMax: number;
  /** As the model knows the person. */
  readonly handle: string;
  readonly deed: TaskDeed;
};

/**
 * Writes one deed into the plan of its run and answers the request, in one transaction: run again, it is planned once. Nothing is done
 * and nothing stands in the ledger before the run acts. What must not be is refused with the reason.
 */
export const planTaskDeed = async (ctx: ServiceContext, planning: Planning): Promise<void> => {
  assertCan(ctx, "workflow.work");
  try {
    const reminder = planning.deed.kind === "reminder" ? await reminderAsOfNow(ctx, planning.deed) : null;
    await inTransaction(ctx, (tx) => plan(tx, ctx, { ...planning, reminder }));
  } catch (error) {
    if (!(error instanceof DomainError)) {
      throw error;
    }
    await inTransaction(ctx, async (tx) => {
      const run = await lockRun(tx, ctx, planning.runId);
      await noteAnswer(tx, ctx, { callId: planning.callId, outcome: "refused", result: { error: error.message }, run });
    });
  }
};

type Reminder = { readonly text: string; readonly amountMinor: bigint };

class Probe extends Error {
  readonly found: Reminder;
  constructor(found: Reminder) {
    super("looked at, and taken back");
    this.found = found;
  }
}

/** What the reminder would say at this moment. Finding that out writes rows, of which nothing stays. @throws as `reminderDeed` */
const reminderAsOfNow = async (
  ctx: ServiceContext,
  { memberId, tier }: { readonly memberId: Id<"member">; readonly tier: Tier },
): Promise<Reminder> => {
  try {
    return await inTransaction(ctx, async (tx) => {
      const { contactId } = await subjectOf(tx, ctx, { kind: "member", id: memberId });
      const { plan: would } = await reminderDeed(tx, ctx, { contactId, tier });
      if (would.kind !== "message.send") {
        throw new DomainError("precondition_failed", "there is no reminder to send");
      }
      throw new Probe({ text: would.arguments.text, amountMinor: BigInt(would.arguments.reminder?.amountMinor ?? 0) });
    });
  } catch (error) {
    if (error instanceof Probe) {
      return error.found;
    }
    throw error;
  }
};

type Ready = Planning & { readonly reminder: Reminder | null };

const plan = async (tx: ServiceTx, ctx: ServiceContext, ready: Ready): Promise<void> => {
  const { callId, deed, handle, messagesMax, reminder, runId } = ready;
  const run = await lockRun(tx, ctx, runId);
  const isOpen = await tx.db.workflowCall.count({ where: { id: callId, clubId: ctx.clubId, outcome: "requested" } });
  if (!isThinking(run) || isOpen === 0) {
    return;
  }
  const isMessage = deed.kind === "message" || deed.kind === "reminder";
  if (isMessage && (await plannedMessages(tx, ctx, runId)) >= messagesMax) {
    throw new DomainError("precondition_failed", `the limit of ${messagesMax} messages in one run is reached: ask for no more`);
  }
  const chosen = await choose(tx, ctx, { deed, reminder });
  const [row] = await judgePage(tx, ctx, [{ ...chosen.subject, verdict: { kind: "act", act: chosen.act } }]);
  if (row === undefined) {
    throw notFound("contact");
  }
  await store(tx, ctx, { run, row, chosen });
  await recordAudit(tx, ctx, { action: "workflow.planned", entityId: runId, details: { callId, deed: deed.kind } });
  await noteAnswer(tx, ctx, { callId, outcome: "done", result: { person: handle, ...told(row) }, run });
};

/** What the model hears of it: planned is not done. */
const told = ({ verdict, waits }: JudgedRow): Readonly<Record<string, string>> => {
  if (verdict.kind !== "act") {
    return { status: "will_not_be_sent", because: reasonText(verdict.reason) };
  }
  return waits === null ? { status: "planned" } : { status: "planned", waits: reasonText(waits.reason) };
};

type Chosen = {
  readonly subject: { readonly contactId: string; readonly memberId: string | null };
  readonly act: PlannedAct;
  /** One deed of a sort for a person in a run. */
  readonly slot: "message" | "note" | "door";
  readonly text: string | null;
};

const REASON = "task_asked";

const choose = async (tx: ServiceTx, ctx: ServiceContext, { deed, reminder }: Pick<Ready, "deed" | "reminder">): Promise<Chosen> => {
  const plain = { reason: REASON, templateKey: null, fields: {} } as const;
  switch (deed.kind) {
    case "message": {
      const text = withOptOut(deed.text);
      const act = { ...plain, action: "message", group: "texts", tier: deed.purpose, writes: { purpose: deed.purpose, text } } as const;
      return { subject: await subjectOf(tx, ctx, deed.person), act, slot: "message", text };
    }
    case "reminder": {
      const { amountMinor, text } = reminder ?? { amountMinor: 0n, text: "" };
      const act = {
        ...plain,
        action: "message",
        group: "reminders",
        tier: deed.tier,
        amountMinor,
        writes: { purpose: "billing", text },
      } as const;
      return { subject: await subjectOf(tx, ctx, { kind: "member", id: deed.memberId }), act, slot: "message", text };
    }
    case "note": {
      await noteDeed(tx, ctx, deed);
      const subject = await subjectOf(tx, ctx, { kind: "member", id: deed.memberId });
      return { subject, act: { ...plain, action: "note", group: "notes" }, slot: "note", text: deed.text };
    }
    case "lock":
    case "unlock": {
      const { summary } = await accessDeed(tx, ctx, { memberId: deed.memberId, state: deed.kind === "lock" ? "suspended" : "allowed" });
      const subject = await subjectOf(tx, ctx, { kind: "member", id: deed.memberId });
      return { subject, act: { ...plain, action: deed.kind, group: "doors" }, slot: "door", text: summary };
    }
  }
};

const subjectOf = async (tx: ServiceTx, ctx: ServiceContext, { id, kind }: TaskPerson): Promise<Chosen["subject"]> => {
  const where = { id, clubId: ctx.clubId, archivedAt: null };
  const found =
    kind === "member"
      ? await tx.db.member.findFirst({ where, select: { contactId: true } })
      : await tx.db.prospect.findFirst({ where, select: { contactId: true } });
  if (found === null) {
    throw notFound(kind);
  }
  return { contactId: found.contactId, memberId: kind === "member" ? id : null };
};

type Stored = { readonly run: RunRow; readonly row: JudgedRow; readonly chosen: Chosen };

/** @throws `conflict` where this run has planned something of the sort for them already */
const store = async (tx: ServiceTx, ctx: ServiceContext, { chosen, row, run }: Stored): Promise<void> => {
  const { act, slot, subject, text } = chosen;
  const { verdict, waits } = row;
  const isWaitingDry = run.isDryRun && waits !== null;
  const { count } = await tx.db.workflowOutcome.createMany({
    data: {
      id: newId("workflowOutcome"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      workflowId: run.workflowId,
      workflowRunId: run.id,
      period: `${run.period}#${slot}`,
      ...subject,
      isDryRun: run.isDryRun,
      ...(verdict.kind === "act"
        ? isWaitingDry
          ? { outcome: "deferred", reason: waits.reason, deferredUntil: waits.until }
          : { outcome: "planned", reason: act.reason }
        : { outcome: "suppressed", reason: verdict.reason, deferredUntil: verdict.until ?? null, settledAt: tx.now }),
      group: act.group,
      action: act.action,
      tier: act.tier ?? null,
      amountMinor: act.amountMinor ?? null,
      fields: {},
      text,
      createdAt: tx.now,
      updatedAt: tx.now,
    },
    skipDuplicates: true,
  });
  if (count === 0) {
    throw new DomainError("conflict", "this run has planned something of that sort for them already");
  }
};
