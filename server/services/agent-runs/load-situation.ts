import "server-only";

import { todayIn } from "#server/domain/calendar-date.ts";
import type { KnownDay } from "#server/domain/known-hours.ts";
import type { KnownArticle } from "#server/domain/knowledge-today.ts";
import { AUTOMATIC_REPLY_WINDOW_HOURS } from "#server/domain/policy-defaults.ts";
import type { Policy } from "#server/domain/policy.ts";
import { FLOOD_WINDOW_MINUTES } from "#server/domain/triage.ts";
import type { Handler } from "#server/domain/vocabulary.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { capabilitiesOf, type ToolCapability } from "#server/services/agent-runs/load-tool-run.ts";
import { contactFacts } from "#server/services/agent-runs/contact-facts.ts";
import { conversationCost, isBudgetSpent } from "#server/services/agent-runs/budget-spent.ts";
import { contactMemory, speakerOf, type ContactMemory } from "#server/services/agent-runs/contact-memory.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { learnedBy, type Learned } from "#server/services/examples/learned.ts";
import { lockConversation } from "#server/services/conversations/lock-conversation.ts";
import { mayOfferCheck } from "#server/services/identity-checks/offer-check.ts";
import { provenMember } from "#server/services/identity-checks/proven-member.ts";
import { knownToday, specialDaysFrom } from "#server/services/knowledge/known-today.ts";
import { bindingOf, type Binding } from "#server/services/people/binding.ts";
import { isSuppressed } from "#server/services/people/is-suppressed.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

/** So many turns are read; the prompt keeps what fits its budget. */
export const TURN_COUNT = 40;
const MINUTE_MS = 60_000;

/** Everything one run of the agent knows, as values. */
export type Situation = {
  readonly now: Date;
  readonly club: {
    readonly name: string;
    readonly timeZone: string;
    readonly phone: string | null;
    readonly emergencyPhone: string | null;
  };
  readonly policy: Policy;
  readonly policyVersion: string;
  /** All that may be said at this moment; what is not in here is not known. */
  readonly knowledge: readonly KnownArticle[];
  /** From today on, decided or not; absent = none. */
  readonly specialDays?: readonly KnownDay[];
  readonly contact: {
    readonly firstName: string | null;
    readonly kind: "member" | "prospect" | "unknown";
    readonly binding: Binding;
    readonly isPastDue: boolean;
    readonly isAgentOff: boolean;
    readonly facts: {
      readonly status: string;
      readonly balanceMinor: string | null;
      readonly currency: string;
      readonly lastVisitOn: string | null;
      readonly membershipType: string | null;
    } | null;
  };
  /** The sender's address is nobody's or several people's, and they may still show who they are; absent = they may not. */
  readonly mayOfferCheck?: boolean;
  readonly turns: readonly { readonly from: "contact" | "staff" | "agent"; readonly at: Date; readonly text: string }[];
  /** What else is remembered of the person; absent where nobody real writes, as in a test conversation. */
  readonly memory?: ContactMemory;
  /** What an owner let it learn; absent = nothing. */
  readonly learned?: Learned;
  /** The message that is answered, and before it the contact's texts that nobody answered either, oldest first. */
  readonly newestTexts: readonly string[];
  /** False when a newer message arrived after this one was claimed: its own run answers both. */
  readonly isNewest: boolean;
  readonly hasMedia: boolean;
  readonly recentInboundCount: number;
  readonly handledBy: Handler;
  readonly inboundSequence: number;
  readonly isFirstAutomaticMessage: boolean;
  readonly isSuppressed: boolean;
  readonly isStopped: boolean;
  readonly automaticRepliesInConversation: number;
  readonly automaticRepliesInClubHour: number;
  readonly isBudgetSpent: boolean;
  /** What this conversation's model calls cost in the last 24 hours, millionths of a US dollar. */
  readonly conversationCostMicros: number;
  /** What automations did in this conversation since a person last wrote, at most a day back, oldest first. */
  readonly automationUses?: readonly { readonly automation: string; readonly outcome: string; readonly at: Date }[];
  /** What the club's connections in use can do; absent in a rehearsal. */
  readonly capabilities?: readonly ToolCapability[];
  /** What this run did so far: its model calls, and each tool call with what it brought. */
  readonly run: {
    readonly startedAt: Date;
    readonly modelCallCount: number;
    readonly costMicros: number;
    readonly toolCalls: readonly ToolCallRecord[];
  };
};

export type ToolCallRecord = {
  readonly turnIndex: number;
  readonly externalId: string;
  readonly name: string;
  readonly argumentsHash: string;
  readonly arguments: unknown;
  /** `requested` = it has not run. */
  readonly outcome: string;
  readonly result: unknown;
};

/** Reads what one message is to be answered from, in one short transaction; null when the conversation is gone. */
export const loadSituation = async (
  ctx: ServiceContext,
  { conversationId, messageId, runId }: { readonly conversationId: string; readonly messageId: string; readonly runId?: string },
): Promise<Situation | null> => {
  assertCan(ctx, "agent.run");
  return inTransaction(ctx, async (tx) => {
    const place = await lockConversation(tx, ctx, conversationId);
    const asked = await tx.db.message.findFirst({
      where: { id: messageId, clubId: ctx.clubId, conversationId },
      select: { sequence: true },
    });
    if (place === null || asked === null) {
      return null;
    }
    const { policy, version } = await resolvedPolicy(tx, ctx);
    const club = await clubOf(tx, ctx);
    const messages = await recentMessages(tx, ctx, conversationId);
    const binding =
      place.addressKey === null
        ? "unknown"
        : await bindingOf(tx, ctx, { contactId: place.contactId, channelKind: place.channelKind, addressKey: place.addressKey });
    const proof = await provenMember(tx, ctx, { conversationId, contactId: place.contactId, binding });
    return {
      now: tx.now,
      club: { name: club.name, timeZone: club.timeZone, phone: club.phone, emergencyPhone: club.emergencyPhone },
      policy,
      policyVersion: version,
      knowledge: await knownToday(tx, ctx, { policy, timeZone: club.timeZone }),
      specialDays: await specialDaysFrom(tx, ctx, todayIn(club.timeZone, tx.now)),
      learned: await learnedBy(tx, ctx),
      contact: await contactFacts(tx, ctx, {
        contactId: place.contactId,
        memberId: proof?.memberId ?? null,
        binding: proof === null ? binding : "bound",
        timeZone: club.timeZone,
      }),
      mayOfferCheck:
        binding !== "bound" && proof === null && (await mayOfferCheck(tx, ctx, { conversationId, contactId: place.contactId })),
      turns: messages.map((message) => ({ from: speakerOf(message.author), at: message.sentAt, text: message.body })),
      memory: await contactMemory(tx, ctx, { conversationId, contactId: place.contactId }),
      newestTexts: unansweredTexts(messages, asked.sequence),
      isNewest: asked.sequence === place.inboundSequence,
      hasMedia: (await tx.db.attachment.count({ where: { clubId: ctx.clubId, messageId } })) > 0,
      recentInboundCount: await recentInboundCount(tx, ctx, conversationId),
      handledBy: place.handledBy === "staff" ? "staff" : "agent",
      inboundSequence: asked.sequence,
      isFirstAutomaticMessage: place.disclosedAt === null,
      isSuppressed:
        place.addressKey !== null && (await isSuppressed(tx, ctx, { addressKey: place.addressKey, channelKind: place.channelKind })),
      isStopped: club.stoppedAt !== null || club.franchise.stoppedAt !== null,
      ...(await automaticReplies(tx, ctx, conversationId)),
      isBudgetSpent: await isBudgetSpent(tx, ctx, policy),
      conversationCostMicros: await conversationCost(tx, ctx, conversationId),
      capabilities: await capabilitiesOf(tx.db.connection, ctx),
      run: await runSoFar(tx, ctx, runId),
    };
  });
};

const recentInboundCount = (tx: Tx, ctx: ServiceContext, conversationId: string): Promise<number> =>
  tx.db.message.count({
    where: {
      clubId: ctx.clubId,
      conversationId,
      direction: "inbound",
      receivedAt: { gt: new Date(tx.now.getTime() - FLOOD_WINDOW_MINUTES * MINUTE_MS) },
    },
  });

/** The club as every prompt and every text names it. */
export const clubOf = (tx: Tx, ctx: ServiceContext) =>
  tx.db.club.findFirstOrThrow({
    where: { id: ctx.clubId },
    select: {
      name: true,
      timeZone: true,
      phone: true,
      emergencyPhone: true,
      stoppedAt: true,
      franchise: { select: { stoppedAt: true } },
    },
  });

type TurnRow = {
  readonly sequence: number;
  readonly author: string;
  readonly direction: string;
  readonly body: string;
  readonly sentAt: Date;
};

const recentMessages = async (tx: Tx, ctx: ServiceContext, conversationId: string): Promise<TurnRow[]> => {
  const rows = await tx.db.message.findMany({
    where: { clubId: ctx.clubId, conversationId, direction: { in: ["inbound", "outbound"] }, status: { notIn: ["failed"] } },
    orderBy: { sequence: "desc" },
    take: TURN_COUNT,
    select: { sequence: true, author: true, direction: true, body: true, sentAt: true },
  });
  return rows.toReversed();
};

/** Whatever went out after the message, such as the line of a handover, did not answer it. */
const unansweredTexts = (messages: readonly TurnRow[], askedSequence: number): readonly string[] => {
  const upTo = messages.filter((message) => message.sequence <= askedSequence);
  const lastOutbound = upTo.findLastIndex((message) => message.direction === "outbound");
  return upTo.slice(lastOutbound + 1).map((message) => message.body);
};

const automaticReplies = async (tx: Tx, ctx: ServiceContext, conversationId: string) => {
  const lastByStaff = await tx.db.message.findFirst({
    where: { clubId: ctx.clubId, conversationId, author: "staff", direction: "outbound" },
    orderBy: { sequence: "desc" },
    select: { createdAt: true },
  });
  const windowStart = new Date(tx.now.getTime() - AUTOMATIC_REPLY_WINDOW_HOURS * 60 * MINUTE_MS);
  const since = lastByStaff !== null && lastByStaff.createdAt > windowStart ? lastByStaff.createdAt : windowStart;
  const where = {
    clubId: ctx.clubId,
    kind: "message.send",
    plannedBy: "agent",
    approvedById: null,
    status: { in: ["dispatching", "confirmed", "unknown", "needs_human"] },
  };
  const uses = await tx.db.automationUse.findMany({
    where: { clubId: ctx.clubId, conversationId, createdAt: { gt: since } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { automation: true, outcome: true, createdAt: true },
  });
  return {
    automationUses: uses.map(({ createdAt, ...use }) => ({ ...use, at: createdAt })),
    automaticRepliesInConversation: await tx.db.effect.count({ where: { ...where, conversationId, createdAt: { gt: since } } }),
    automaticRepliesInClubHour: await tx.db.effect.count({
      where: { ...where, createdAt: { gt: new Date(tx.now.getTime() - 60 * MINUTE_MS) } },
    }),
  };
};

const runSoFar = async (tx: Tx, ctx: ServiceContext, runId: string | undefined): Promise<Situation["run"]> => {
  if (runId === undefined) {
    return { startedAt: tx.now, modelCallCount: 0, costMicros: 0, toolCalls: [] };
  }
  const where = { clubId: ctx.clubId, agentRunId: runId };
  const run = await tx.db.agentRun.findFirst({ where: { id: runId, clubId: ctx.clubId }, select: { startedAt: true } });
  const spent = await tx.db.modelTurn.aggregate({ where, _count: { id: true }, _sum: { costMicros: true } });
  const toolCalls = await tx.db.toolCall.findMany({
    where,
    orderBy: [{ turnIndex: "asc" }, { id: "asc" }],
    select: { turnIndex: true, externalId: true, name: true, argumentsHash: true, arguments: true, outcome: true, result: true },
  });
  return {
    startedAt: run?.startedAt ?? tx.now,
    modelCallCount: spent._count.id,
    costMicros: Number(spent._sum.costMicros ?? 0n),
    toolCalls,
  };
};
