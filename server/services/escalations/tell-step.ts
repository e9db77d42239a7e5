import "server-only";

import { CALL_WORDS, type CallReason } from "#server/domain/call-reasons.ts";
import type { EscalationTo } from "#server/domain/escalation-rules.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { env } from "#server/platform/env.ts";
import { onCallPlace } from "#server/services/alerts/on-call-place.ts";
import { planTeamText } from "#server/services/alerts/plan-team-message.ts";
import { tellTeam } from "#server/services/alerts/tell-team.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { nextStepAt, stepsOf } from "#server/services/escalations/begin-chase.ts";
import { isTaken } from "#server/services/escalations/is-taken.ts";
import { settleStuckChase } from "#server/services/escalations/stuck-chase.ts";
import { addEvent } from "#server/services/messages/add-event.ts";
import { clubPeople, leadsTo } from "#server/services/notifications/club-people.ts";
import { conversationPlace, writeNotifications } from "#server/services/notifications/tell-people.ts";

type Step = { readonly chaseId: Id<"escalationChase">; /** From 0. */ readonly index: number };

export type Chased = { readonly kind: "taken" | "told" | "done_already" };

/**
 * Takes one step of a chase, once: tells whom the rule names, as long as nobody has the conversation. What was done stands in the thread,
 * the ledger and the audit, also where the step reached nobody. Harmless to repeat.
 */
export const tellStep = async (ctx: ServiceContext, step: Step): Promise<Chased> => {
  assertCan(ctx, "alert.raise");
  const outcome = await inTransaction(ctx, async (tx) => {
    const chase = await lockChase(tx, ctx, step.chaseId);
    if (chase === null) {
      return { kind: "taken", effectIds: [] } as const;
    }
    if (chase.doneCount !== step.index) {
      return { kind: "done_already", effectIds: [] } as const;
    }
    if (await isTaken(tx, ctx, chase)) {
      await end(tx, ctx, { chase, chaseId: step.chaseId, status: "taken" });
      return { kind: "taken", effectIds: [] } as const;
    }
    return { kind: "told", effectIds: await take(tx, ctx, { chase, step }) } as const;
  });
  for (const effectId of outcome.effectIds) {
    await dispatchEffect(ctx, { effectId });
  }
  return { kind: outcome.kind };
};

/** After the last step: nobody is left to tell, unless somebody has it by now. */
export const endChase = async (ctx: ServiceContext, { chaseId }: Pick<Step, "chaseId">): Promise<Chased> => {
  assertCan(ctx, "alert.raise");
  return inTransaction(ctx, async (tx) => {
    const chase = await lockChase(tx, ctx, chaseId);
    if (chase === null) {
      return { kind: "done_already" };
    }
    const status = (await isTaken(tx, ctx, chase)) ? "taken" : "exhausted";
    await end(tx, ctx, { chase, chaseId, status });
    return { kind: status === "taken" ? "taken" : "told" };
  });
};

type Chase = {
  readonly conversationId: Id<"conversation">;
  readonly reason: CallReason;
  readonly steps: unknown;
  readonly doneCount: number;
  readonly calledAt: Date;
};

/** The conversation first, in the order in which everybody locks; null once the chase is over. */
const lockChase = async (tx: ServiceTx, ctx: ServiceContext, chaseId: string): Promise<Chase | null> => {
  await tx.db.$executeRaw`
    select 1 from "Conversation" where "clubId" = ${ctx.clubId}
      and id = (select "conversationId" from "EscalationChase" where id = ${chaseId} and "clubId" = ${ctx.clubId}) for update`;
  const [chase] = await tx.db.$queryRaw<Chase[]>`
    select "conversationId", reason, steps, "doneCount", "calledAt" from "EscalationChase"
    where id = ${chaseId} and "clubId" = ${ctx.clubId} and status = 'open' for update`;
  return chase ?? null;
};

const take = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { chase, step }: { readonly chase: Chase; readonly step: Step },
): Promise<readonly Id<"effect">[]> => {
  const steps = stepsOf(chase.steps);
  const to = steps[step.index]?.to;
  if (to === undefined) {
    return [];
  }
  const doneCount = step.index + 1;
  await tx.db.escalationChase.updateMany({
    where: { id: step.chaseId, clubId: ctx.clubId },
    data: { doneCount, nextStepAt: nextStepAt({ steps, doneCount, calledAt: chase.calledAt }) },
  });
  const told = await tell(tx, ctx, { chase, step, to });
  await settleStuckChase(tx, ctx, chase.conversationId);
  await addEvent(tx, ctx, { conversationId: chase.conversationId, code: "chased", detail: told.line });
  await recordAudit(tx, ctx, {
    action: "escalation.told",
    entityId: step.chaseId,
    details: { step: step.index + 1, to: to.kind, way: "way" in to ? to.way : null, count: told.count },
  });
  tx.news.actions.push({
    kind: "conversation.chased",
    risk: "sends",
    outcome: "done",
    summary: `Nobody had taken the conversation: ${told.line}.`,
    conversationId: chase.conversationId,
    inputs: { step: step.index + 1, count: told.count },
  });
  return told.effectIds;
};

type Telling = { readonly chase: Chase; readonly step: Step; readonly to: EscalationTo };
/** `line`: without a name, because the ledger keeps it. */
type Told = { readonly line: string; readonly count: number; readonly effectIds: readonly Id<"effect">[] };

const ROLES_TOLD = { staff: "everybody", manager: "the managers", owner: "the owners" } as const;
const WAYS_TOLD = { in_app: "in Spotter", push: "on their devices", sms: "by text", email: "by e-mail", slack: "in Slack" } as const;

const tell = async (tx: ServiceTx, ctx: ServiceContext, telling: Telling): Promise<Told> => {
  const { chase, step, to } = telling;
  if (to.kind === "on_call") {
    return textOnCall(tx, ctx, telling);
  }
  const { about, label } = CALL_WORDS[chase.reason];
  if (to.kind === "team") {
    const url = await urlOf(tx, ctx, chase);
    const text = `A conversation still waits for a person: ${label.toLowerCase()}.`;
    const effectIds = await tellTeam(tx, ctx, { key: `chase:${step.chaseId}:${step.index}`, text, url });
    return {
      line: effectIds.length === 0 ? "no team channel is connected" : "the team’s channel was told",
      count: effectIds.length,
      effectIds,
    };
  }
  const people = (await clubPeople(tx, ctx)).filter((person) =>
    to.kind === "person" ? person.userId === to.userId : to.role === "staff" || person.role === to.role,
  );
  const reached = people.filter((person) => leadsTo(person, to.way));
  await writeNotifications(tx, ctx, {
    told: {
      kind: "needs_you",
      title: `Nobody has it yet: ${label.toLowerCase()}`,
      detail: about,
      path: conversationPlace(chase.conversationId),
      subjectId: chase.conversationId,
    },
    concerned: reached.map((person) => ({ person, ways: [to.way] })),
  });
  const whom = to.kind === "person" ? "the person whom the rule names" : ROLES_TOLD[to.role];
  const verb = to.kind === "person" || to.role === "staff" ? "was" : "were";
  const line = reached.length === 0 ? `${whom} could not be told ${WAYS_TOLD[to.way]}` : `${whom} ${verb} told ${WAYS_TOLD[to.way]}`;
  return { line, count: reached.length, effectIds: [] };
};

const textOnCall = async (tx: ServiceTx, ctx: ServiceContext, { chase, step }: Telling): Promise<Told> => {
  const found = await onCallPlace(tx, ctx);
  if (found.kind !== "found") {
    return { line: "the on-call phone could not be told", count: 0, effectIds: [] };
  }
  const { name } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true } });
  const effectId = await planTeamText(tx, ctx, {
    effectKey: `chase:${step.chaseId}:${step.index}`,
    at: found,
    text: `${name}: a conversation still waits for a person. ${await urlOf(tx, ctx, chase)}`,
  });
  return { line: "the on-call phone was texted", count: 1, effectIds: [effectId] };
};

const urlOf = async (tx: ServiceTx, { clubId }: ServiceContext, { conversationId }: Chase): Promise<string> => {
  const { slug } = await tx.db.club.findFirstOrThrow({ where: { id: clubId }, select: { slug: true } });
  return new URL(`/${slug}/${conversationPlace(conversationId)}`, env.APP_URL).toString();
};

const end = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { chase, chaseId, status }: { readonly chase: Chase; readonly chaseId: string; readonly status: "taken" | "exhausted" },
): Promise<void> => {
  await settleStuckChase(tx, ctx, chase.conversationId);
  const { count } = await tx.db.escalationChase.updateMany({
    where: { id: chaseId, clubId: ctx.clubId, status: "open" },
    data: { status, nextStepAt: null, endedAt: tx.now },
  });
  if (count > 0) {
    await recordAudit(tx, ctx, { action: "escalation.ended", entityId: asId("escalationChase", chaseId), details: { status } });
  }
};
