import "server-only";

import { z } from "zod";

import { addDays } from "#server/domain/calendar-date.ts";
import { CalendarDate } from "#server/domain/calendar-date-schema.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { startOfDay } from "#server/domain/local-time.ts";
import { handlesOf } from "#server/platform/handles.ts";
import { runKey } from "#server/platform/keys.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";
import { keepHold } from "#server/services/past-due/keep-hold.ts";

export const DecideAskCallInput = z.object({ callId: idSchema("askCall"), decision: z.enum(["approved", "rejected"]) });

/** The arguments that were shown are the ones that are carried out. */
const Pause = z.strictObject({ person: z.string(), until: CalendarDate, reason: z.string().min(3) });

/**
 * The asker's own yes or no to something that was prepared for them; the first one counts. A yes needs their right to make
 * exceptions from what follows from a debt.
 * @throws `not_found` for whatever is not of their own thread, `precondition_failed` when it is decided or its day is over
 */
export const decideAskCall = async (ctx: ServiceContext, raw: z.input<typeof DecideAskCallInput>): Promise<void> => {
  assertCan(ctx, "ask.use");
  assertCan(ctx, "access.decide");
  const { callId, decision } = DecideAskCallInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const call = await tx.db.askCall.findFirst({
      where: {
        id: callId,
        clubId: ctx.clubId,
        name: "pause_collections",
        outcome: "done",
        turn: { thread: { userId: staffUserId(ctx) ?? "" } },
      },
      select: { arguments: true, turn: { select: { threadId: true } } },
    });
    if (call === null) {
      throw notFound("askCall");
    }
    const { count } = await tx.db.askCall.updateMany({
      where: { id: callId, clubId: ctx.clubId, decision: null },
      data: { decision, decidedAt: tx.now },
    });
    if (count === 0) {
      throw new DomainError("precondition_failed", "this is decided already");
    }
    if (decision === "approved") {
      await pause(tx, ctx, { threadId: call.turn.threadId, ...Pause.parse(call.arguments) });
    }
    await recordAudit(tx, ctx, { action: "ask.decided", entityId: callId, details: { decision } });
    tx.news.changes.push({ topic: "ask" });
  });
};

type Pausing = z.infer<typeof Pause> & { readonly threadId: string };

const pause = async (tx: ServiceTx, ctx: ServiceContext, { person, reason, threadId, until }: Pausing): Promise<void> => {
  const memberId = handlesOf(runKey({ clubId: ctx.clubId, runId: threadId })).read("member", person);
  const member = await tx.db.member.findFirst({
    where: { id: memberId ?? "", clubId: ctx.clubId, archivedAt: null },
    select: { contactId: true },
  });
  if (member === null) {
    throw notFound("member");
  }
  const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
  const ends = startOfDay(addDays(until, 1), timeZone);
  if (ends <= tx.now) {
    throw new DomainError("precondition_failed", "that day is over");
  }
  await keepHold(tx, ctx, { contactId: member.contactId, kind: "exemption", reason, until: ends });
};
