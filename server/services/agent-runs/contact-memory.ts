import "server-only";

import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** Chosen by us: what was said longer ago is history, not the same matter. */
const MEMORY_DAYS = 30;
/** So many are read; the prompt keeps what fits its budget. */
const ELSEWHERE_COUNT = 20;
const NOTE_COUNT = 5;
const DAY_MS = 24 * 60 * 60_000;

/** What the club knows of a person beyond the last turns of the conversation that is answered. */
export type ContactMemory = {
  /** What was said in this conversation before, in a few sentences; empty where nothing was summarised. */
  readonly earlierSummary: string;
  /** The last turns of the person's other conversations, oldest first. */
  readonly elsewhere: readonly {
    /** `sms`, `email` or `clubos`. */
    readonly channel: string;
    readonly from: "contact" | "staff" | "agent";
    readonly at: Date;
    readonly text: string;
  }[];
  /** Remarks of staff about the person, oldest first. */
  readonly notes: readonly { readonly at: Date; readonly text: string }[];
};

type Place = { readonly conversationId: string; readonly contactId: string };

/** Reads what is remembered of a person over all conversations and channels. */
export const contactMemory = async (tx: Tx, ctx: ServiceContext, { conversationId, contactId }: Place): Promise<ContactMemory> => {
  const conversations = await tx.db.conversation.findMany({
    where: { clubId: ctx.clubId, contactId, archivedAt: null },
    select: { id: true, summary: true },
  });
  const since = new Date(tx.now.getTime() - MEMORY_DAYS * DAY_MS);
  const where = { clubId: ctx.clubId, receivedAt: { gt: since } };
  const newestFirst = [{ receivedAt: "desc" as const }, { id: "desc" as const }];
  const others = conversations.flatMap(({ id }) => (id === conversationId ? [] : [id]));
  const elsewhere =
    others.length === 0
      ? []
      : await tx.db.message.findMany({
          where: {
            ...where,
            conversationId: { in: others },
            direction: { in: ["inbound", "outbound"] },
            status: { notIn: ["failed"] },
          },
          orderBy: newestFirst,
          take: ELSEWHERE_COUNT,
          select: { author: true, sentAt: true, body: true, conversation: { select: { channel: { select: { kind: true } } } } },
        });
  const notes = await tx.db.message.findMany({
    where: { ...where, conversationId: { in: conversations.map(({ id }) => id) }, direction: "note" },
    orderBy: newestFirst,
    take: NOTE_COUNT,
    select: { sentAt: true, body: true },
  });
  return {
    earlierSummary: conversations.find(({ id }) => id === conversationId)?.summary ?? "",
    elsewhere: elsewhere.toReversed().map(({ author, body, conversation, sentAt }) => ({
      channel: conversation.channel.kind,
      from: speakerOf(author),
      at: sentAt,
      text: body,
    })),
    notes: notes.toReversed().map(({ body, sentAt }) => ({ at: sentAt, text: body })),
  };
};

const SPEAKERS: Readonly<Record<string, "contact" | "staff" | "agent">> = {
  contact: "contact",
  staff: "staff",
  agent: "agent",
  workflow: "agent",
  system: "agent",
};

/** Who speaks, in the three words of a prompt: workflows and the machinery speak as the agent does. */
export const speakerOf = (author: string): "contact" | "staff" | "agent" => SPEAKERS[author] ?? "staff";
