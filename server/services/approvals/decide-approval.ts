import "server-only";

import { z } from "zod";

import { isBatchable } from "#server/domain/approval-batch.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { isAtLeast } from "#server/domain/permissions.ts";
import { assertRecentSignIn } from "#server/domain/recent-sign-in.ts";
import { Role } from "#server/domain/vocabulary-schemas.ts";
import { cleanInbound } from "#server/domain/text.ts";
import { log } from "#server/platform/logger.ts";
import { announceClosed } from "#server/services/approvals/announce-closed.ts";
import { askAgain, changesSince } from "#server/services/approvals/ask-again.ts";
import { countVote } from "#server/services/approvals/count-vote.ts";
import { needsRecentSignIn } from "#server/services/approvals/needs-recent-sign-in.ts";
import { readBasis } from "#server/services/approvals/read-basis.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { settleUse } from "#server/services/automations/settle-use.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { callPerson } from "#server/services/conversations/call-person.ts";
import { lockConversation } from "#server/services/conversations/lock-conversation.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";
import { tellAnswered } from "#server/services/draft-comparisons/open-draft.ts";
import { dispatchEffect, type DispatchResult } from "#server/services/effects/dispatch-effect.ts";
import { argumentsHashOf, SendArguments } from "#server/services/effects/effect-arguments.ts";
import { keepCorrection } from "#server/services/examples/keep-correction.ts";

export const ApproveInput = z.object({
  approvalId: idSchema("approval"),
  /** The text as the person changed it; left out, the draft goes out as it is. */
  text: z.string().trim().min(1).max(1_600).optional(),
});
export type ApproveInput = z.infer<typeof ApproveInput>;

export const RejectInput = z.object({ approvalId: idSchema("approval"), note: z.string().trim().max(500).optional() });
export type RejectInput = z.infer<typeof RejectInput>;

type OpenApproval = {
  readonly id: Id<"approval">;
  readonly effectId: Id<"effect">;
  readonly conversationId: string | null;
  readonly requiredRole: string;
  readonly requiredCount: number;
  readonly argumentsHash: string;
  readonly effectKind: string;
};

/**
 * A person lets one exact effect happen; it is dispatched in this request. The first decision wins. Where more than one
 * person is needed, the yes is counted and the deed waits for the next; where the ground has changed since the question
 * was asked, it is asked again instead.
 * @throws `precondition_failed` when the approval is decided, expired, overtaken by a newer message, given by the same
 * person already or asked again, `sign_in_required` where the deed asks for a recent sign-in
 */
export const approve = async (ctx: ServiceContext, raw: ApproveInput): Promise<DispatchResult> => {
  assertCan(ctx, "approval.decide");
  const input = ApproveInput.parse(raw);
  const text = input.text === undefined ? null : cleanInbound(input.text).text;
  const outcome = await inTransaction(ctx, async (tx): Promise<ApproveOutcome> => {
    const approval = await openApproval(tx, ctx, input.approvalId);
    assertSignedIn(tx, ctx, approval);
    const changes = await changesSince(tx, ctx, approval.id);
    if (changes.length > 0) {
      await askAgain(tx, ctx, { approvalId: approval.id, changes });
      await recordAudit(tx, ctx, { action: "approval.requested", entityId: approval.effectId, details: { changes: changes.length } });
      return { kind: "asked_again", changes };
    }
    if (approval.requiredCount > 1) {
      if (text !== null) {
        throw new DomainError("invalid", "what several people approve is approved as it stands");
      }
      if (!(await countVote(tx, ctx, approval))) {
        return { kind: "counted" };
      }
    }
    await close(tx, ctx, { approval, status: "approved", note: null });
    await release(tx, ctx, { approval, text });
    await recordAudit(tx, ctx, { action: "approval.approved", entityId: approval.id, details: { isEdited: text !== null } });
    await announce(tx, ctx, {
      approval,
      kind: "approval.approved",
      outcome: "approved",
      summary: text === null ? "A person approved the draft." : "A person changed the draft and approved it.",
    });
    return { kind: "released", effectId: approval.effectId };
  });
  switch (outcome.kind) {
    case "asked_again":
      throw new DomainError("precondition_failed", `this has changed since you were asked, look at it again: ${outcome.changes.join(" ")}`);
    case "counted":
      return { status: "planned", reason: "needs_another_person" };
    case "released":
      return send(ctx, outcome.effectId);
  }
};

type ApproveOutcome =
  | { readonly kind: "released"; readonly effectId: Id<"effect"> }
  | { readonly kind: "counted" }
  | { readonly kind: "asked_again"; readonly changes: readonly string[] };

const send = async (ctx: ServiceContext, effectId: Id<"effect">): Promise<DispatchResult> => {
  try {
    return await dispatchEffect(ctx, { effectId });
  } catch (error) {
    log.error({ err: error, clubId: ctx.clubId, effectId }, "an approved effect could not be dispatched at once");
    return { status: "approved", reason: "upstream_unavailable" };
  }
};

/** A person says no: nothing of the draft goes out and the conversation waits for a person. */
export const reject = async (ctx: ServiceContext, raw: RejectInput): Promise<void> => {
  assertCan(ctx, "approval.decide");
  const input = RejectInput.parse(raw);
  const line = await inTransaction(ctx, async (tx) => {
    const approval = await openApproval(tx, ctx, input.approvalId);
    await close(tx, ctx, { approval, status: "rejected", note: input.note ?? null });
    await tx.db.effect.updateMany({
      where: { id: approval.effectId, clubId: ctx.clubId, status: "planned" },
      data: { status: "dropped", failureKind: "rejected", settledAt: tx.now, updatedAt: tx.now },
    });
    if (approval.conversationId !== null) {
      await callPerson(tx, ctx, { conversationId: approval.conversationId, reason: "undecided", only: { needsYou: "approval" } });
    }
    await recordAudit(tx, ctx, { action: "approval.rejected", entityId: approval.id });
    await announce(tx, ctx, { approval, kind: "approval.rejected", outcome: "rejected", summary: "A person dismissed the draft." });
    return settleUse(tx, ctx, {
      effectId: approval.effectId,
      outcome: "declined",
      line: { bay_reset: "reset_refused", door_unlock: "door_refused" },
      needsPerson: true,
    });
  });
  if (line !== null) {
    await dispatchEffect(ctx, { effectId: line });
  }
};

/** The question, locked while it is decided. @throws `not_found`, `forbidden`, and `precondition_failed` once it is over */
const openApproval = async (tx: ServiceTx, ctx: ServiceContext, approvalId: Id<"approval">): Promise<OpenApproval> => {
  const place = await tx.db.approval.findFirst({
    where: { id: approvalId, clubId: ctx.clubId },
    select: { conversationId: true, requiredRole: true, requiredCount: true, effect: { select: { kind: true, purpose: true } } },
  });
  if (place === null) {
    throw notFound("approval");
  }
  if (!isBatchable({ ...place, effectKind: place.effect.kind, purpose: place.effect.purpose })) {
    assertCan(ctx, "deed.decide");
  }
  if (ctx.actor.kind !== "staff" || !isAtLeast(ctx.actor.role, Role.parse(place.requiredRole))) {
    throw new DomainError("forbidden", `only a ${place.requiredRole} may decide this`);
  }
  if (place.conversationId !== null) {
    await lockConversation(tx, ctx, place.conversationId);
  }
  const [approval] = await tx.db.$queryRaw<OpenApproval[]>`
    select a.id, a."effectId", a."conversationId", a."requiredRole", a."requiredCount", a."argumentsHash", e.kind as "effectKind"
    from "Approval" a join "Effect" e on e.id = a."effectId" and e."clubId" = a."clubId"
    where a.id = ${approvalId} and a."clubId" = ${ctx.clubId} and a.status = 'pending' and a."expiresAt" > ${tx.now}
    for update of a`;
  if (approval === undefined) {
    throw new DomainError("precondition_failed", "this approval is no longer open");
  }
  return approval;
};

/** A no never needs it: nothing happens by it. */
const assertSignedIn = (tx: ServiceTx, ctx: ServiceContext, approval: OpenApproval): void => {
  if (needsRecentSignIn(approval)) {
    assertRecentSignIn(ctx.actor, tx.now);
  }
};

type Verdict = { readonly approval: OpenApproval; readonly status: "approved" | "rejected"; readonly note: string | null };

const close = async (tx: ServiceTx, ctx: ServiceContext, { approval, status, note }: Verdict): Promise<void> => {
  await tx.db.approval.updateMany({
    where: { id: approval.id, clubId: ctx.clubId, status: "pending" },
    data: { status, decidedAt: tx.now, decidedById: staffUserId(ctx), decisionNote: note },
  });
};

/** Approves the very arguments the person saw; a changed text becomes the new arguments and is kept as a correction. */
const release = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { approval, text }: { readonly approval: OpenApproval; readonly text: string | null },
): Promise<void> => {
  const effect = await tx.db.effect.findFirstOrThrow({
    where: { id: approval.effectId, clubId: ctx.clubId },
    select: { kind: true, purpose: true, arguments: true, argumentsHash: true, decisionId: true, contactId: true },
  });
  if (effect.argumentsHash !== approval.argumentsHash) {
    throw new DomainError("precondition_failed", "the draft is not the one you were asked about");
  }
  const draft = effect.kind === "message.send" ? SendArguments.parse(effect.arguments) : null;
  if (text !== null && draft === null) {
    throw new DomainError("invalid", "only the text of a message can be changed");
  }
  const isEdited = text !== null && text !== draft?.text;
  const changed = draft !== null && isEdited ? { ...draft, text } : null;
  const { count } = await tx.db.effect.updateMany({
    where: { id: approval.effectId, clubId: ctx.clubId, status: "planned" },
    data: {
      status: "approved",
      approvedById: staffUserId(ctx),
      updatedAt: tx.now,
      ...(changed === null ? {} : { arguments: changed, argumentsHash: argumentsHashOf(changed) }),
    },
  });
  if (count === 0) {
    throw new DomainError("precondition_failed", "this draft is no longer open");
  }
  const { conversationId, effectId } = approval;
  if (changed !== null) {
    // What they approved is what they wrote.
    await tx.db.approval.updateMany({
      where: { id: approval.id, clubId: ctx.clubId },
      data: { argumentsHash: argumentsHashOf(changed), basis: await readBasis(tx, ctx, { ...effect, arguments: changed }) },
    });
  }
  if (changed !== null && draft !== null) {
    const { contactId, decisionId } = effect;
    await keepCorrection(tx, ctx, {
      effectId,
      decisionId,
      conversationId,
      contactId,
      messageId: null,
      draftBody: draft.text,
      betterBody: changed.text,
    });
  }
  if (draft !== null && effect.decisionId !== null) {
    tellAnswered(tx, { conversationId, decisionId: effect.decisionId });
  }
};

type Announcement = {
  readonly approval: OpenApproval;
  readonly kind: "approval.approved" | "approval.rejected";
  readonly outcome: "approved" | "rejected";
  readonly summary: string;
};

const announce = async (tx: ServiceTx, ctx: ServiceContext, { approval, kind, outcome, summary }: Announcement): Promise<void> => {
  tx.news.actions.push({
    kind,
    outcome,
    summary,
    risk: "sends",
    conversationId: approval.conversationId,
    effectId: approval.effectId,
    approvalId: approval.id,
    inputs: { argumentsHash: approval.argumentsHash },
  });
  await announceClosed(tx, ctx, { approvalId: approval.id, conversationId: approval.conversationId });
};
