import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { giveBack } from "#server/services/conversations/hand-back.ts";
import { lockConversation } from "#server/services/conversations/lock-conversation.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";

export const LeftItemInput = z.object({ itemId: idSchema("closingItem") });
export type LeftItemInput = z.input<typeof LeftItemInput>;

/** The next shift answers it. Harmless to repeat. @throws `not_found`, `conflict` when Spotter has it already or it was answered */
export const keepLeft = async (ctx: ServiceContext, raw: LeftItemInput): Promise<void> => {
  assertCan(ctx, "conversation.take");
  const { itemId } = LeftItemInput.parse(raw);
  await inTransaction(ctx, (tx) => decide(tx, ctx, { itemId, to: "kept" }));
};

/** Spotter answers it, beginning with what waits. Harmless to repeat. @throws `not_found`, `conflict` when it was answered */
export const giveBackLeft = async (ctx: ServiceContext, raw: LeftItemInput): Promise<void> => {
  assertCan(ctx, "conversation.take");
  const { itemId } = LeftItemInput.parse(raw);
  await inTransaction(ctx, (tx) => decide(tx, ctx, { itemId, to: "given_back" }));
};

/** All that nobody has decided goes to Spotter, each in a transaction of its own. What was decided meanwhile stays so. */
export const giveBackAllLeft = async (ctx: ServiceContext): Promise<{ readonly count: number }> => {
  assertCan(ctx, "conversation.take");
  const open = await inTransaction(ctx, async (tx) => {
    const closing = await tx.db.closing.findFirst({ where: { clubId: ctx.clubId }, orderBy: { onDate: "desc" }, select: { id: true } });
    return closing === null
      ? []
      : tx.db.closingItem.findMany({
          where: { clubId: ctx.clubId, closingId: closing.id, state: { in: ["open", "left"] } },
          orderBy: { id: "asc" },
          select: { id: true },
        });
  });
  let count = 0;
  for (const { id } of open) {
    count += (await inTransaction(ctx, (tx) => tryGiveBack(tx, ctx, id as Id<"closingItem">))) ? 1 : 0;
  }
  return { count };
};

const tryGiveBack = async (tx: ServiceTx, ctx: ServiceContext, itemId: Id<"closingItem">): Promise<boolean> => {
  const found = await lockItem(tx, ctx, itemId);
  if (found === null || !found.isWaiting || (found.state !== "open" && found.state !== "left")) {
    return false;
  }
  await decide(tx, ctx, { itemId, to: "given_back" });
  return true;
};

type Locked = {
  readonly state: string;
  readonly conversationId: Id<"conversation">;
  /** Staff hold it and somebody waits. */ readonly isWaiting: boolean;
};

const lockItem = async (tx: ServiceTx, ctx: ServiceContext, itemId: string): Promise<Locked | null> => {
  const seen = await tx.db.closingItem.findFirst({ where: { id: itemId, clubId: ctx.clubId }, select: { conversationId: true } });
  const place = seen === null ? null : await lockConversation(tx, ctx, seen.conversationId);
  const item = await tx.db.closingItem.findFirst({ where: { id: itemId, clubId: ctx.clubId }, select: { state: true } });
  if (place === null || item === null) {
    return null;
  }
  const waiting = await tx.db.conversation.count({
    where: { id: place.id, clubId: ctx.clubId, status: "open", waitingSince: { not: null } },
  });
  return { state: item.state, conversationId: place.id, isWaiting: place.handledBy === "staff" && waiting > 0 };
};

type Choice = { readonly itemId: Id<"closingItem">; readonly to: "kept" | "given_back" };

const FROM = { kept: ["open", "left"], given_back: ["open", "left", "kept"] } as const;

const decide = async (tx: ServiceTx, ctx: ServiceContext, { itemId, to }: Choice): Promise<void> => {
  const found = await lockItem(tx, ctx, itemId);
  if (found === null) {
    throw new DomainError("not_found", "conversation left at closing not found");
  }
  if (found.state === to) {
    return;
  }
  const from: readonly string[] = FROM[to];
  if (!found.isWaiting || !from.includes(found.state)) {
    throw new DomainError("conflict", "somebody has dealt with this conversation already");
  }
  await tx.db.closingItem.updateMany({
    where: { id: itemId, clubId: ctx.clubId, state: { in: [...from] } },
    data: { state: to, decidedAt: tx.now, decidedById: staffUserId(ctx) },
  });
  if (to === "given_back") {
    await giveBack(tx, ctx, { conversationId: found.conversationId, cause: "handed_back" });
  }
  await recordAudit(tx, ctx, { action: to === "kept" ? "closing.kept" : "closing.given_back", entityId: itemId });
  tx.news.changes.push({ topic: "conversation", conversationId: found.conversationId });
};
