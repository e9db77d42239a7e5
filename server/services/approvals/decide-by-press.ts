import "server-only";

import type { NoticePort } from "#server/connectors/acts.ts";
import type { VendorEvent } from "#server/connectors/webhook.ts";
import { DomainError } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import type { EffectStatus } from "#server/domain/vocabulary.ts";
import { log } from "#server/platform/logger.ts";
import { withClub } from "#server/platform/tenant.ts";
import { noticeKey } from "#server/services/approvals/announce-approval.ts";
import { approve, reject } from "#server/services/approvals/decide-approval.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { openConnector } from "#server/services/connections/open-connector.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { findPerson, type Person } from "#server/services/external-users/find-person.ts";

export type Press = Extract<VendorEvent, { readonly kind: "press" }>;

export type PressInput = { readonly connectionId: Id<"connection">; readonly press: Press };

/** Why a press decided nothing. */
export type PressRefusal = "unlinked" | "unknown" | "role" | "closed" | "changed";

export type PressResult =
  | { readonly kind: "decided"; readonly choice: Press["choice"] }
  | { readonly kind: "refused"; readonly reason: PressRefusal };

type Question = {
  readonly id: Id<"approval">;
  readonly summary: string;
  readonly status: string;
  readonly isOver: boolean;
  readonly decidedBy: string | null;
};

/**
 * Somebody pressed a button under a notice. What it carries is only a name for a question: the question must be one that
 * this connection was asked in this very notice, and the person must be linked to somebody of the club who may decide it
 * now. Then it is that person's decision like any other, and the first one wins. Whoever presses is always answered:
 * beside the notice, or by words in its place that take the buttons away once the question is no longer open.
 * A failing answer changes nothing about the decision.
 */
export const decideByPress = async (ctx: ServiceContext, input: PressInput): Promise<PressResult> => {
  assertCan(ctx, "approval.press");
  const { person, question } = await lookUp(ctx, input);
  if (person === null) {
    const line = `Spotter does not know you yet. The club's owner can link ${input.press.personExternalId} to your Spotter user.`;
    return refuse(ctx, input, { reason: "unlinked", question, line });
  }
  if (question === null) {
    return refuse(ctx, input, { reason: "unknown", question, line: "Spotter does not know this question. Please look in Spotter." });
  }
  const staff: ServiceContext = { ...ctx, actor: { kind: "staff", ...person }, requestId: `press:${input.press.externalId}` };
  try {
    const line = await decide(staff, { question, choice: input.press.choice, person });
    await answer(ctx, input, ({ settle }, place) => settle?.({ ...place, text: `${question.summary}\n${line}` }));
    return { kind: "decided", choice: input.press.choice };
  } catch (error) {
    if (error instanceof DomainError && (error.code === "forbidden" || error.code === "precondition_failed")) {
      return refuseAfter(ctx, input, error);
    }
    throw error;
  }
};

const decide = async (
  ctx: ServiceContext,
  { question, choice, person }: { readonly question: Question; readonly choice: Press["choice"]; readonly person: Person },
): Promise<string> => {
  if (choice === "reject") {
    await reject(ctx, { approvalId: question.id });
    return `Denied by ${person.name}.`;
  }
  const { status } = await approve(ctx, { approvalId: question.id });
  return `Approved by ${person.name}${OUTCOMES[status]}`;
};

const OUTCOMES = {
  planned: "; it is done in a moment.",
  approved: "; it is done in a moment.",
  dispatching: "; it is done in a moment.",
  confirmed: ": done.",
  failed: ", but it could not be done. Please look in Spotter.",
  unknown: "; whether it was done is being found out. Please look in Spotter.",
  needs_human: "; whether it was done nobody knows. Please look in Spotter.",
  dropped: ", but Spotter held it back. Please look in Spotter.",
} as const satisfies Record<EffectStatus, string>;

/** The decision came too late or from the wrong person: what the question has come to meanwhile says which. */
const refuseAfter = async (ctx: ServiceContext, input: PressInput, error: DomainError): Promise<PressResult> => {
  const { question } = await lookUp(ctx, input);
  if (error.code === "precondition_failed" && question?.isOver === true) {
    return refuse(ctx, input, { reason: "closed", question, line: lastWord(question) });
  }
  return refuse(ctx, input, { reason: error.code === "forbidden" ? "role" : "changed", question, line: sentence(error.message) });
};

const lastWord = ({ status, decidedBy }: Question): string => {
  switch (status) {
    case "approved":
      return `Approved already${decidedBy === null ? "" : ` by ${decidedBy}`}.`;
    case "rejected":
      return `Denied already${decidedBy === null ? "" : ` by ${decidedBy}`}.`;
    case "superseded":
      return "Overtaken by a newer message; nothing was done.";
    default:
      return "Nobody decided in time; nothing was done.";
  }
};

const sentence = (message: string): string => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;

type Refusal = { readonly reason: PressRefusal; readonly question: Question | null; readonly line: string };

const refuse = async (ctx: ServiceContext, input: PressInput, { reason, question, line }: Refusal): Promise<PressResult> => {
  const { press } = input;
  await inTransaction(ctx, (tx) =>
    recordAudit(tx, ctx, {
      action: "press.refused",
      entityId: question?.id ?? null,
      details: { reason, choice: press.choice, personExternalId: press.personExternalId },
    }),
  );
  await answer(ctx, input, ({ settle, tell }, place) =>
    // Buttons go only when the question is over: a stranger's press must not take it from those who may decide.
    reason === "closed" && question !== null
      ? settle?.({ ...place, text: `${question.summary}\n${line}` })
      : tell?.({ ...place, personExternalId: press.personExternalId, text: line }),
  );
  return { kind: "refused", reason };
};

type Say = (notices: NoticePort, place: { readonly noticeReference: string }) => Promise<void> | undefined;

const answer = async (ctx: ServiceContext, { connectionId, press }: PressInput, say: Say): Promise<void> => {
  if (press.noticeReference === null) {
    return;
  }
  try {
    const { notices } = await openConnector(ctx, { connectionId });
    if (notices !== undefined) {
      await say(notices, { noticeReference: press.noticeReference });
    }
  } catch (error) {
    log.warn({ err: error, clubId: ctx.clubId, connectionId }, "a press could not be answered");
  }
};

type Found = { readonly person: Person | null; readonly question: Question | null };

const lookUp = (ctx: ServiceContext, { connectionId, press }: PressInput): Promise<Found> =>
  withClub(
    ctx,
    async (tx) => {
      const person = await findPerson(tx, ctx, { connectionId, externalId: press.personExternalId });
      const id = idSchema("approval").safeParse(press.value);
      if (!id.success) {
        return { person, question: null };
      }
      const notice = await tx.db.effect.findFirst({
        where: { clubId: ctx.clubId, connectionId, effectKey: noticeKey(id.data, connectionId) },
        select: { vendorReference: true },
      });
      const approval = await tx.db.approval.findFirst({
        where: { id: id.data, clubId: ctx.clubId },
        select: { summary: true, status: true, expiresAt: true, decidedById: true },
      });
      // A notice whose posting was never confirmed has no reference to compare.
      const isAskedThere = notice !== null && (notice.vendorReference === null || notice.vendorReference === press.noticeReference);
      if (approval === null || !isAskedThere) {
        return { person, question: null };
      }
      const { summary, status, expiresAt, decidedById } = approval;
      const decider = decidedById === null ? null : await tx.db.user.findFirst({ where: { id: decidedById }, select: { name: true } });
      const isOver = status !== "pending" || expiresAt <= tx.now;
      return { person, question: { id: id.data, summary, status, isOver, decidedBy: decider?.name ?? null } };
    },
    { fixedNow: ctx.fixedNow },
  );
