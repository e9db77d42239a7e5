import "server-only";

import type { PolicyDocument } from "#server/domain/policy.ts";
import { RehearsalContact, RehearsalTurns, TestExpectation } from "#server/domain/rehearsal.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import type { Situation } from "#server/services/agent-runs/load-situation.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { stageOf } from "./load-stage.ts";

/** So many turns before a message are played again. */
const TURN_COUNT = 20;

export type RehearsalItem = {
  readonly id: string;
  readonly name: string;
  readonly situation: Situation;
  readonly conversationId: string | null;
  /** What was decided and drafted when it happened; null for tests. */
  readonly before: { readonly outcome: string; readonly reply: string | null } | null;
  readonly expectation: TestExpectation | null;
};

type Asked = { readonly kind: "tests" | "replay"; readonly itemId: string; readonly document: PolicyDocument | undefined };

/** One test or one past message as a situation of today; null when it is gone. For the machinery. */
export const loadItem = async (ctx: ServiceContext, asked: Asked): Promise<RehearsalItem | null> => {
  assertCan(ctx, "agent.run");
  return withClub(ctx, (tx) => (asked.kind === "tests" ? testItem(tx, ctx, asked) : pastItem(tx, ctx, asked)), { fixedNow: ctx.fixedNow });
};

const testItem = async (tx: Tx, ctx: ServiceContext, { document, itemId }: Asked): Promise<RehearsalItem | null> => {
  const row = await tx.db.testConversation.findFirst({ where: { id: itemId, clubId: ctx.clubId, archivedAt: null } });
  if (row === null) {
    return null;
  }
  const contact = RehearsalContact.parse(row.contact);
  const turns = RehearsalTurns.parse(row.turns);
  return {
    id: row.id,
    name: row.name,
    situation: await stageOf(tx, ctx, { contact, turns, document }),
    conversationId: null,
    before: null,
    expectation: TestExpectation.parse(row.expectation),
  };
};

const FROM: Readonly<Record<string, "contact" | "staff" | "agent">> = { contact: "contact", staff: "staff" };

const pastItem = async (tx: Tx, ctx: ServiceContext, { document, itemId }: Asked): Promise<RehearsalItem | null> => {
  const message = await tx.db.message.findFirst({
    where: { id: itemId, clubId: ctx.clubId, direction: "inbound" },
    select: {
      id: true,
      conversationId: true,
      sequence: true,
      conversation: { select: { contactId: true, contact: { select: { displayName: true } } } },
    },
  });
  const decision = await tx.db.decision.findFirst({
    where: { clubId: ctx.clubId, messageId: itemId },
    orderBy: { id: "desc" },
    select: { outcome: true, id: true },
  });
  if (message === null || decision === null) {
    return null;
  }
  const turns = await tx.db.message.findMany({
    where: {
      clubId: ctx.clubId,
      conversationId: message.conversationId,
      direction: { in: ["inbound", "outbound"] },
      sequence: { lte: message.sequence },
    },
    orderBy: { sequence: "desc" },
    take: TURN_COUNT,
    select: { author: true, body: true },
  });
  const answer = await tx.db.message.findFirst({
    where: { clubId: ctx.clubId, conversationId: message.conversationId, direction: "outbound", sequence: { gt: message.sequence } },
    orderBy: { sequence: "asc" },
    select: { body: true },
  });
  return {
    id: message.id,
    name: message.conversation.contact.displayName,
    situation: await stageOf(tx, ctx, {
      contact: { kind: "contact", contactId: message.conversation.contactId },
      turns: turns.toReversed().map(({ author, body }) => ({ from: FROM[author] ?? "agent", text: body })),
      document,
    }),
    conversationId: message.conversationId,
    before: { outcome: decision.outcome, reply: answer?.body ?? null },
    expectation: null,
  };
};
