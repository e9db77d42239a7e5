import type { Prisma } from "#server/platform/generated/client.ts";
import { newId } from "#server/platform/ids.ts";

import { database } from "./db.ts";
import { makeMessage, scopeOf, type TestClub } from "./factories.ts";

type Decided = Partial<Pick<Prisma.DecisionUncheckedCreateInput, "outcome" | "category" | "confidenceRatio">> & {
  readonly reasons?: readonly string[];
};

/** What happened in a club, written down row by row as the product would have left it. */
export const makeHistory = (club: TestClub) => {
  const { owner } = database();
  const scope = scopeOf(club);

  const wrote = async (conversationId: string, at: Date, { decided, text }: { decided?: Decided; text?: string } = {}) => {
    const message = await makeMessage(club, conversationId, { sentAt: at, ...(text === undefined ? {} : { text }) });
    if (decided === undefined) {
      return { messageId: message.id, decisionId: null };
    }
    const decisionId = newId("decision");
    await owner.decision.create({
      data: {
        outcome: "respond",
        category: "question",
        confidenceRatio: 0.9,
        thresholdRatio: 0.85,
        ...decided,
        reasons: [...(decided.reasons ?? ["sure_enough"])],
        id: decisionId,
        ...scope,
        conversationId,
        messageId: message.id,
        inputs: {},
        policyVersion: "f0.c0",
        createdAt: at,
      },
    });
    return { messageId: message.id, decisionId };
  };

  const effect = async (columns: Partial<Prisma.EffectUncheckedCreateInput>) => {
    const id = newId("effect");
    await owner.effect.create({
      data: {
        kind: "message.send",
        effectKind: "send",
        status: "confirmed",
        plannedBy: "agent",
        needsApproval: false,
        connectionId: newId("connection"),
        purpose: "reply",
        arguments: {},
        argumentsHash: "hash",
        effectKey: id,
        createdAt: columns.settledAt ?? new Date(),
        updatedAt: columns.settledAt ?? new Date(),
        ...columns,
        id,
        ...scope,
      },
    });
    return id;
  };

  type Answer = {
    readonly decisionId?: string | null;
    readonly approvedById?: string;
    readonly isEdited?: boolean;
    readonly purpose?: string;
  };

  /** Spotter's words went out: alone, or after somebody's yes. */
  const agent = async (
    conversationId: string,
    at: Date,
    { approvedById, decisionId = null, isEdited = false, purpose = "reply" }: Answer = {},
  ) => {
    const effectId = await effect({
      conversationId,
      decisionId,
      purpose,
      needsApproval: approvedById !== undefined,
      approvedById: approvedById ?? null,
      settledAt: at,
    });
    const message = await makeMessage(club, conversationId, {
      sentAt: at,
      direction: "outbound",
      author: "agent",
      authorUserId: approvedById ?? null,
      effectId,
    });
    if (isEdited) {
      await owner.correction.create({
        data: {
          id: newId("correction"),
          ...scope,
          effectId,
          userId: club.people.staff.userId,
          draftBody: "a",
          sentBody: "b",
          createdAt: at,
        },
      });
    }
    return { effectId, messageId: message.id };
  };

  const outbound = (conversationId: string, at: Date, author: "staff" | "workflow") =>
    makeMessage(club, conversationId, { sentAt: at, direction: "outbound", author });

  const event = (conversationId: string, at: Date, eventCode: string) =>
    makeMessage(club, conversationId, { sentAt: at, direction: "event", author: "system", eventCode });

  return { wrote, effect, agent, outbound, event };
};
