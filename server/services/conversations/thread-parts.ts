import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { Suggestion, ThreadMessage, Why } from "#server/domain/inbox-view.ts";
import type { Handler, Role } from "#server/domain/vocabulary.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { Files } from "#server/services/attachments/read-files.ts";
import { draftTextOf } from "#server/services/approvals/draft-text.ts";

/** The thread in two screens; older messages come when somebody scrolls up. */
export const THREAD_PAGE_SIZE = 50;
/** More changes of hands than anybody reads in one conversation. */
const MAX_STRETCHES = 20;

/** Stands at a reply that its writer took back; its words are gone. */
export const TAKEN_BACK = "taken_back";

type Scope = { readonly clubId: string; readonly conversationId: string };

export type StoredMessage = Omit<ThreadMessage, "why"> & {
  readonly authorUserId: Id<"user"> | null;
  readonly effectId: string | null;
  readonly decisionId: Id<"decision"> | null;
};

/** Newest first, and one more than a page. */
export const readMessages = (tx: Tx, { before, ...scope }: Scope & { readonly before: number | undefined }): Promise<StoredMessage[]> =>
  tx.db.message.findMany({
    // What somebody took back before it went out was never said.
    where: {
      ...scope,
      ...(before === undefined ? {} : { sequence: { lt: before } }),
      OR: [{ failureReason: null }, { failureReason: { not: TAKEN_BACK } }],
    },
    orderBy: { sequence: "desc" },
    take: THREAD_PAGE_SIZE + 1,
    select: {
      id: true,
      direction: true,
      author: true,
      authorUserId: true,
      staffName: true,
      subject: true,
      body: true,
      eventCode: true,
      status: true,
      failureReason: true,
      sequence: true,
      sentAt: true,
      deliveredAt: true,
      effectId: true,
      decisionId: true,
    },
  }) as Promise<StoredMessage[]>;

export type StoredSuggestion = Omit<Suggestion, "why"> & { readonly decisionId: string | null };

/** The newest draft that still waits, or null. */
export const readSuggestion = async (tx: Tx, scope: Scope): Promise<StoredSuggestion | null> => {
  const row = await tx.db.approval.findFirst({
    where: { ...scope, status: "pending", expiresAt: { gt: tx.now } },
    orderBy: { requestedAt: "desc" },
    select: {
      id: true,
      summary: true,
      requestedAt: true,
      expiresAt: true,
      requiredRole: true,
      effect: { select: { id: true, arguments: true, decisionId: true } },
    },
  });
  if (row === null) {
    return null;
  }
  return {
    approvalId: row.id as Id<"approval">,
    effectId: row.effect.id as Id<"effect">,
    body: draftTextOf(row.effect.arguments) ?? "",
    summary: row.summary,
    requestedAt: row.requestedAt,
    expiresAt: row.expiresAt,
    requiredRole: row.requiredRole as Role,
    decisionId: row.effect.decisionId,
  };
};

/** Whether the agent is at work on the newest message of the contact at this moment. */
export const isAgentThinking = async (tx: Tx, scope: Scope): Promise<boolean> => {
  const newest = await tx.db.message.findFirst({
    where: { ...scope, direction: "inbound" },
    orderBy: { sequence: "desc" },
    select: { id: true },
  });
  if (newest === null) {
    return false;
  }
  const run = await tx.db.agentRun.findFirst({
    where: { ...scope, messageId: newest.id, status: { in: ["queued", "running"] } },
    select: { id: true },
  });
  return run !== null;
};

/** Whether the contact opted out of this channel, in any club of the franchise. */
export const isContactSuppressed = async (
  tx: Tx,
  {
    franchiseId,
    ...identity
  }: { readonly franchiseId: string; readonly clubId: string; readonly contactId: string; readonly channelKind: string },
): Promise<boolean> => {
  const identities = await tx.db.contactIdentity.findMany({ where: identity, select: { addressKey: true } });
  const row = await tx.db.suppression.findFirst({
    where: {
      franchiseId,
      channelKind: identity.channelKind,
      addressKey: { in: identities.map(({ addressKey }) => addressKey) },
      purpose: "all",
      liftedAt: null,
    },
    select: { id: true },
  });
  return row !== null;
};

export type StoredStretch = { handledBy: Handler; cause: string; startedAt: Date; endedAt: Date | null; userId: string | null };

/** The newest ones, oldest first. */
export const readStretches = async (tx: Tx, scope: Scope): Promise<readonly StoredStretch[]> => {
  const rows = await tx.db.handover.findMany({
    where: scope,
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take: MAX_STRETCHES,
    select: { handledBy: true, cause: true, startedAt: true, endedAt: true, userId: true },
  });
  return rows.toReversed() as StoredStretch[];
};

export const threadMessage = (
  { authorUserId, effectId, decisionId: _decisionId, ...message }: StoredMessage,
  {
    files,
    held,
    names,
    why,
  }: { readonly files: Files; readonly held: Held; readonly names: ReadonlyMap<string, string>; readonly why: Why | null },
): ThreadMessage => ({
  ...message,
  ...filesOf(files, message.id),
  ...heldUntilOf(held, effectId),
  staffName: (authorUserId === null ? null : names.get(authorUserId)) ?? message.staffName,
  why,
});

const filesOf = (files: Files, messageId: string): Pick<ThreadMessage, "files"> => {
  const ofMessage = files.get(messageId);
  return ofMessage === undefined ? {} : { files: ofMessage };
};

/** Until when each effect waits, by its id. */
type Held = ReadonlyMap<string, Date>;

const heldUntilOf = (held: Held, effectId: string | null): Pick<ThreadMessage, "heldUntil"> => {
  const heldUntil = effectId === null ? undefined : held.get(effectId);
  return heldUntil === undefined ? {} : { heldUntil };
};

/** Of these messages the replies that this person wrote and may still take back. */
export const readHeld = async (
  tx: Tx,
  { clubId, messages, userId }: { readonly clubId: string; readonly messages: readonly StoredMessage[]; readonly userId: string | null },
): Promise<Held> => {
  const ids = messages.flatMap(({ author, effectId, status }) =>
    author === "staff" && status === "queued" && effectId !== null ? [effectId] : [],
  );
  if (ids.length === 0 || userId === null) {
    return new Map();
  }
  const rows = await tx.db.effect.findMany({
    where: { clubId, id: { in: ids }, status: "planned", plannedByUserId: userId, attempt: 0, notBefore: { gt: tx.now } },
    select: { id: true, notBefore: true },
  });
  return new Map(rows.flatMap(({ id, notBefore }) => (notBefore === null ? [] : [[id, notBefore] as const])));
};
