import "server-only";

import { DomainError, notFound } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { unknownFields } from "#server/domain/snippets.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";

import { MAX_SNIPPETS } from "./list-snippets.ts";
import { SaveSnippetInput } from "./schemas.ts";

/**
 * Makes a saved reply, or changes one. @throws `invalid` for a merge field that means nothing, `conflict` for a name that another
 * one has, `not_found`, `limit_exceeded`
 */
export const saveSnippet = async (ctx: ServiceContext, raw: SaveSnippetInput): Promise<{ readonly snippetId: Id<"snippet"> }> => {
  assertCan(ctx, "snippet.write");
  const { name, snippetId, text } = SaveSnippetInput.parse(raw);
  const [unknown] = unknownFields(text);
  if (unknown !== undefined) {
    throw new DomainError("invalid", `nothing can be filled in for {{${unknown}}}`);
  }
  return inTransaction(ctx, async (tx) => {
    // One name is given to one of them at a time.
    await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`snippets|${ctx.clubId}`}, 0))`;
    await refuseSameName(tx, ctx, { name, snippetId: snippetId ?? null });
    const id = snippetId === undefined ? await make(tx, ctx, { name, text }) : await change(tx, ctx, { snippetId, name, text });
    await recordAudit(tx, ctx, { action: "snippet.saved", entityId: id });
    return { snippetId: id };
  });
};

const refuseSameName = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { name, snippetId }: { readonly name: string; readonly snippetId: string | null },
): Promise<void> => {
  const [same] = await tx.db.$queryRaw<{ id: string }[]>`
    select id from "Snippet" where "clubId" = ${ctx.clubId} and lower(name) = lower(${name}) and "archivedAt" is null`;
  if (same !== undefined && same.id !== snippetId) {
    throw new DomainError("conflict", "another saved reply has this name");
  }
};

type Words = { readonly name: string; readonly text: string };

const make = async (tx: ServiceTx, ctx: ServiceContext, words: Words): Promise<Id<"snippet">> => {
  if ((await tx.db.snippet.count({ where: { clubId: ctx.clubId, archivedAt: null } })) >= MAX_SNIPPETS) {
    throw new DomainError("limit_exceeded", `a club keeps at most ${MAX_SNIPPETS} saved replies`);
  }
  const id = newId("snippet");
  const userId = staffUserId(ctx) ?? "";
  await tx.db.snippet.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      ...words,
      createdById: userId,
      updatedById: userId,
      createdAt: tx.now,
      updatedAt: tx.now,
    },
  });
  return id;
};

const change = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { snippetId, ...words }: Words & { readonly snippetId: Id<"snippet"> },
): Promise<Id<"snippet">> => {
  const { count } = await tx.db.snippet.updateMany({
    where: { id: snippetId, clubId: ctx.clubId, archivedAt: null },
    data: { ...words, updatedById: staffUserId(ctx) ?? "", updatedAt: tx.now },
  });
  if (count === 0) {
    throw notFound("saved reply");
  }
  return snippetId;
};
