import "server-only";

import { todayIn } from "#server/domain/calendar-date.ts";
import { z } from "zod";

import { asId } from "#server/domain/ids.ts";
import { notFound } from "#server/domain/errors.ts";
import { PolicyDocument } from "#server/domain/policy.ts";
import { RehearsalContact, RehearsalTurns, type RehearsalTurn } from "#server/domain/rehearsal.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { contactFacts } from "#server/services/agent-runs/contact-facts.ts";
import { clubOf, type Situation } from "#server/services/agent-runs/load-situation.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { learnedBy } from "#server/services/examples/learned.ts";
import { knownToday, specialDaysFrom } from "#server/services/knowledge/known-today.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

const MINUTE_MS = 60_000;

export const StageInput = z.object({
  contact: RehearsalContact,
  turns: RehearsalTurns,
  /** A document of the club that is tried in place of the published one. */
  document: PolicyDocument.optional(),
});

export type StageInput = z.infer<typeof StageInput>;

/** A made-up moment of this club, as the agent would find it. Nothing is written. @throws `not_found` for a contact of another club */
export const loadStage = async (ctx: ServiceContext, raw: z.input<typeof StageInput>): Promise<Situation> => {
  assertCan(ctx, "agent.rehearse");
  const input = StageInput.parse(raw);
  return withClub(ctx, (tx) => stageOf(tx, ctx, { ...input, document: input.document }), { fixedNow: ctx.fixedNow });
};

type Stage = {
  readonly contact: RehearsalContact;
  readonly turns: readonly RehearsalTurn[];
  readonly document: PolicyDocument | undefined;
};

/** The same inside a transaction of the caller. */
export const stageOf = async (tx: Tx, ctx: ServiceContext, { contact, document, turns }: Stage): Promise<Situation> => {
  const { policy, version } = await resolvedPolicy(tx, ctx, document);
  const club = await clubOf(tx, ctx);
  return {
    now: tx.now,
    club: { name: club.name, timeZone: club.timeZone, phone: club.phone, emergencyPhone: club.emergencyPhone },
    policy,
    policyVersion: version,
    knowledge: await knownToday(tx, ctx, { policy, timeZone: club.timeZone }),
    specialDays: await specialDaysFrom(tx, ctx, todayIn(club.timeZone, tx.now)),
    learned: await learnedBy(tx, ctx),
    contact: await contactOf(tx, ctx, { contact, timeZone: club.timeZone }),
    ...conversationOf(turns, tx.now),
    isNewest: true,
    hasMedia: false,
    recentInboundCount: 1,
    handledBy: "agent",
    isSuppressed: false,
    // Whether Spotter is stopped is not what is tried here.
    isStopped: false,
    automaticRepliesInClubHour: 0,
    isBudgetSpent: false,
    conversationCostMicros: 0,
    run: { startedAt: tx.now, modelCallCount: 0, costMicros: 0, toolCalls: [] },
  };
};

const conversationOf = (turns: readonly RehearsalTurn[], now: Date) => {
  const answeredUpTo = turns.findLastIndex(({ from }) => from !== "contact");
  return {
    turns: turns.map(({ from, text }, index) => ({ from, text, at: new Date(now.getTime() - (turns.length - index) * MINUTE_MS) })),
    newestTexts: turns.slice(answeredUpTo + 1).map(({ text }) => text),
    inboundSequence: turns.length,
    isFirstAutomaticMessage: turns.every(({ from }) => from !== "agent"),
    automaticRepliesInConversation: turns.filter(({ from }) => from === "agent").length,
  };
};

type Who = { readonly contact: RehearsalContact; readonly timeZone: string };

const contactOf = async (tx: Tx, ctx: ServiceContext, { contact, timeZone }: Who): Promise<Situation["contact"]> => {
  if (contact.kind === "contact") {
    const row = await tx.db.contact.findFirst({ where: { id: contact.contactId, clubId: ctx.clubId }, select: { id: true } });
    if (row === null) {
      throw notFound("contact");
    }
    return contactFacts(tx, ctx, { contactId: asId("contact", row.id), binding: "bound", timeZone });
  }
  const isMember = contact.is === "member";
  const balanceMinor = contact.balanceMinor ?? "0";
  return {
    firstName: contact.firstName,
    kind: contact.is,
    binding: isMember ? "bound" : "unknown",
    isPastDue: isMember && BigInt(balanceMinor) > 0n,
    isAgentOff: false,
    facts: isMember
      ? {
          status: BigInt(balanceMinor) > 0n ? "past_due" : "active",
          balanceMinor,
          currency: "USD",
          lastVisitOn: null,
          membershipType: contact.membershipType,
        }
      : null,
  };
};
