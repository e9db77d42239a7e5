import "server-only";

import { automationLine, type LineLanguage } from "#server/domain/automation-lines.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { settleAsked } from "#server/services/approvals/settle-asked.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { answerArguments } from "#server/services/conversations/answer-arguments.ts";
import { callPerson as call } from "#server/services/conversations/call-person.ts";
import { lockConversation, type LockedRow } from "#server/services/conversations/lock-conversation.ts";
import { DoorArguments, ResetArguments } from "#server/services/effects/effect-arguments.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

import { lineKeyOf, type AfterLine } from "./line-keys.ts";

/** Chosen by us: somebody waits at a bay or before a door. */
const DUE_MINUTES = 15;

export type UseOutcome = "answered" | "running" | "succeeded" | "failed" | "declined" | "expired" | "handed_over";

type Settlement = {
  readonly effectId: string;
  readonly outcome: UseOutcome;
  /** Which line tells whoever asked, by what the automation does; null = nothing is said. */
  readonly line: { readonly bay_reset: AfterLine | null; readonly door_unlock: AfterLine | null } | null;
  /** A person must look after them now: a task is written and the conversation says so. */
  readonly needsPerson: boolean;
};

/** Uses that are over are true for good. */
const OPEN = ["awaiting_confirmation", "awaiting_approval", "running"];

type Use = { readonly id: string; readonly automation: string; readonly conversationId: string; readonly messageId: string };

/**
 * Notes what became of an automation's action, once, and tells whoever asked for it in one honest line. Returns the line
 * to dispatch. The conversation must be locked before the effect; effects of no automation are left alone.
 */
export const settleUse = async (tx: ServiceTx, ctx: ServiceContext, settlement: Settlement): Promise<Id<"effect"> | null> => {
  const { effectId, outcome, line, needsPerson } = settlement;
  const [use] = await tx.db.$queryRaw<Use[]>`
    update "AutomationUse" set outcome = ${outcome}, "updatedAt" = ${tx.now}
    where "clubId" = ${ctx.clubId} and "effectId" = ${effectId} and outcome = any (${OPEN}::text[])
    returning id, automation, "conversationId", "messageId"`;
  if (use === undefined) {
    return null;
  }
  tx.news.changes.push({ topic: "conversation", conversationId: use.conversationId });
  const place = await lockConversation(tx, ctx, use.conversationId);
  if (place === null) {
    return null;
  }
  const isAction = use.automation === "bay_reset" || use.automation === "door_unlock";
  if (needsPerson && isAction) {
    await callPerson(tx, ctx, { place, effectId, automation: use.automation });
  } else if (outcome === "running" || outcome === "succeeded") {
    await settleAsked(tx, ctx, place.id);
  }
  const key = isAction ? (line?.[use.automation] ?? null) : null;
  return key === null ? null : say(tx, ctx, { place, use, effectId, key });
};

type Saying = { readonly place: LockedRow; readonly use: Use; readonly effectId: string; readonly key: AfterLine };

const say = async (tx: ServiceTx, ctx: ServiceContext, { place, use, effectId, key }: Saying): Promise<Id<"effect"> | null> => {
  if (place.addressKey === null && place.recipientExternalId === null) {
    return null;
  }
  const effectKey = lineKeyOf(effectId, key);
  if ((await tx.db.effect.count({ where: { clubId: ctx.clubId, effectKey } })) > 0) {
    return null;
  }
  const effect = await tx.db.effect.findFirstOrThrow({
    where: { id: effectId, clubId: ctx.clubId },
    select: { arguments: true, agentRunId: true, decisionId: true, policyVersion: true },
  });
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { phone: true, name: true } });
  const language = await languageOf(tx, ctx, use.messageId);
  const text = automationLine(key, { language, name: null, phone: club.phone, ...targetOf(effect.arguments) });
  return planEffect(tx, ctx, {
    effectKey,
    kind: "message.send",
    plannedBy: "agent",
    needsApproval: null,
    connectionId: place.connectionId,
    channelId: place.channelId,
    conversationId: place.id,
    contactId: place.contactId,
    addressKey: place.addressKey ?? "",
    channelKind: place.channelKind,
    purpose: "service",
    arguments: answerArguments(place, await disclosed(tx, ctx, { place, text, language, clubName: club.name })),
    ...(effect.agentRunId === null ? {} : { agentRunId: effect.agentRunId as Id<"agentRun"> }),
    ...(effect.decisionId === null ? {} : { decisionId: effect.decisionId as Id<"decision"> }),
    ...(effect.policyVersion === null ? {} : { policyVersion: effect.policyVersion }),
  });
};

type Words = { readonly place: LockedRow; readonly text: string; readonly language: LineLanguage; readonly clubName: string };

/** Should the first automatic message never have gone out, this one says who writes. */
const disclosed = async (tx: ServiceTx, ctx: ServiceContext, { place, text, language, clubName }: Words): Promise<string> => {
  if (place.disclosedAt !== null) {
    return text;
  }
  const { agent } = (await resolvedPolicy(tx, ctx)).policy;
  const sentence = agent.translatedDisclosures[language] ?? agent.disclosure;
  return `${sentence.replaceAll("{agentName}", agent.name).replaceAll("{clubName}", clubName).trim()} ${text}`;
};

const targetOf = (raw: unknown): { readonly target: string; readonly seconds: number | null } => {
  const door = DoorArguments.safeParse(raw);
  if (door.success) {
    return { target: door.data.doorName.toLowerCase(), seconds: door.data.seconds ?? null };
  }
  const reset = ResetArguments.safeParse(raw);
  return { target: reset.success ? (reset.data.bay ?? reset.data.deviceName) : "", seconds: null };
};

/** They are answered in the language they asked in. */
const languageOf = async (tx: ServiceTx, ctx: ServiceContext, messageId: string): Promise<LineLanguage> => {
  const read = await tx.db.intentClassification.findFirst({
    where: { clubId: ctx.clubId, messageId },
    orderBy: { id: "desc" },
    select: { language: true },
  });
  return read?.language.toLowerCase().startsWith("es") === true ? "es" : "en";
};

const TITLES: Readonly<Record<string, string>> = { bay_reset: "Help at the bay", door_unlock: "Help at the door" };

const callPerson = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { place, effectId, automation }: { readonly place: LockedRow; readonly effectId: string; readonly automation: string },
): Promise<void> => {
  const open = await tx.db.ticket.count({ where: { clubId: ctx.clubId, effectId, status: "open" } });
  if (open === 0) {
    await tx.db.ticket.createMany({
      data: {
        id: newId("ticket"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        conversationId: place.id,
        contactId: place.contactId,
        effectId,
        title: TITLES[automation] ?? "Answer this member",
        detail: "",
        dueAt: new Date(tx.now.getTime() + DUE_MINUTES * 60_000),
        status: "open",
        createdAt: tx.now,
      },
    });
  }
  await tx.db.conversation.updateMany({
    where: { id: place.id, clubId: ctx.clubId },
    data: { requiresResponse: true, updatedAt: tx.now },
  });
  await call(tx, ctx, { conversationId: place.id, reason: "trouble" });
};
