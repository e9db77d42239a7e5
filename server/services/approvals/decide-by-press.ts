import "server-only";

import type { NoticePort } from "#server/connectors/acts.ts";
import type { VendorEvent } from "#server/connectors/webhook.ts";
import { DomainError } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { log } from "#server/platform/logger.ts";
import { withClub } from "#server/platform/tenant.ts";
import { noticeKey } from "#server/services/approvals/announce-approval.ts";
import { approve, reject } from "#server/services/approvals/decide-approval.ts";
import { findQuestion, type Question } from "#server/services/approvals/last-word.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { openConnector } from "#server/services/connections/open-connector.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { findPerson, type Person } from "#server/services/external-users/find-person.ts";

export type Press = Extract<VendorEvent, { readonly kind: "press" }>;

export type PressInput = { readonly connectionId: Id<"connection">; readonly press: Press };

/** Why a press decided nothing. */
export type PressRefusal = "unlinked" | "unknown" | "role" | "sign_in" | "closed" | "changed";

export type PressResult =
  | { readonly kind: "decided"; readonly choice: Press["choice"] }
  | { readonly kind: "refused"; readonly reason: PressRefusal };

type Asked = Question & { readonly id: Id<"approval"> };

/**
 * Somebody pressed a button under a notice. What it carries is only a name for a question: the question must be one that
 * this connection was asked in this very notice, and the person must be linked to somebody of the club who may decide it
 * now. Then it is that person's decision like any other, and the first one wins; but a press is no sign-in, and what
 * asks for a recent one can only be denied by it. Whoever presses is always answered:
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
  const staff: ServiceContext = {
    ...ctx,
    actor: { kind: "staff", ...person, signedInAt: null },
    requestId: `press:${input.press.externalId}`,
  };
  try {
    if (input.press.choice === "approve") {
      await approve(staff, { approvalId: question.id });
    } else {
      await reject(staff, { approvalId: question.id });
    }
  } catch (error) {
    if (error instanceof DomainError && error.code === "sign_in_required") {
      const line = "This one is approved in Spotter itself, by somebody who signs in for it. It can be denied here.";
      return refuse(ctx, input, { reason: "sign_in", question, line });
    }
    if (error instanceof DomainError && (error.code === "forbidden" || error.code === "precondition_failed")) {
      return refuseAfter(ctx, input, error);
    }
    throw error;
  }
  const decided = await lookUp(ctx, input);
  await answer(ctx, input, ({ settle }, place) => settle?.({ ...place, text: decided.question?.lastWord ?? question.lastWord }));
  return { kind: "decided", choice: input.press.choice };
};

/** The decision came too late or from the wrong person: what the question has come to meanwhile says which. */
const refuseAfter = async (ctx: ServiceContext, input: PressInput, error: DomainError): Promise<PressResult> => {
  const { question } = await lookUp(ctx, input);
  if (error.code === "precondition_failed" && question?.isOver === true) {
    return refuse(ctx, input, { reason: "closed", question, line: question.lastWord });
  }
  return refuse(ctx, input, { reason: error.code === "forbidden" ? "role" : "changed", question, line: sentence(error.message) });
};

const sentence = (message: string): string => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;

type Refusal = { readonly reason: PressRefusal; readonly question: Asked | null; readonly line: string };

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
    reason === "closed" ? settle?.({ ...place, text: line }) : tell?.({ ...place, personExternalId: press.personExternalId, text: line }),
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

type Found = { readonly person: Person | null; readonly question: Asked | null };

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
      const question = await findQuestion(tx, ctx, id.data);
      // A notice whose posting was never confirmed has no reference to compare.
      const isAskedThere = notice !== null && (notice.vendorReference === null || notice.vendorReference === press.noticeReference);
      return { person, question: question === null || !isAskedThere ? null : { ...question, id: id.data } };
    },
    { fixedNow: ctx.fixedNow },
  );
