import "server-only";

import type { PromptPart } from "#server/domain/prompt-blocks.ts";
import { promptParts, type SentPrompt } from "#server/domain/prompt-view.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

import { namesInRun } from "./names-in-run.ts";

/** A text that is in use is marked so at most that often, because many calls share it. */
const MARK_AGAIN_MS = 86_400_000;

type Input = { readonly runId: string; readonly turnId: string; readonly prompt: SentPrompt };

/**
 * Keeps what one call of a run was sent, masked, for the page of the run. What is the same for many calls is stored once a club.
 * Part of the transaction that stores what came of the call.
 */
export const recordPrompt = async (tx: ServiceTx, ctx: ServiceContext, { prompt, runId, turnId }: Input): Promise<void> => {
  const scope = { franchiseId: ctx.franchiseId, clubId: ctx.clubId };
  const names = await namesInRun(tx, { clubId: ctx.clubId, runId });
  const parts = promptParts(prompt, { names }).map((part) => ({ ...part, text: storable(part.text) }));
  await keepShared(tx, ctx, parts);
  await tx.db.modelPrompt.createMany({
    data: {
      id: newId("modelPrompt"),
      ...scope,
      modelTurnId: turnId,
      parts: parts.map(({ isShared, text, ...part }) => ({ ...part, ...(isShared ? { hash: sha256(text) } : { text }) })),
      createdAt: tx.now,
    },
  });
};

/** In one order of their hashes, so that two runs which bring the same new texts never wait for each other in a ring. */
const keepShared = async (tx: ServiceTx, ctx: ServiceContext, parts: readonly PromptPart[]): Promise<void> => {
  const shared = new Map(parts.filter(({ isShared }) => isShared).map(({ text }) => [sha256(text), text]));
  const hashes = [...shared.keys()].toSorted();
  const known = await tx.db.promptText.findMany({
    where: { clubId: ctx.clubId, hash: { in: hashes } },
    orderBy: { hash: "asc" },
    select: { hash: true, usedAt: true },
  });
  const fresh = new Set(known.filter(({ usedAt }) => tx.now.getTime() - usedAt.getTime() < MARK_AGAIN_MS).map(({ hash }) => hash));
  for (const hash of hashes.filter((one) => !fresh.has(one))) {
    await tx.db.$executeRaw`
      insert into "PromptText" (id, "franchiseId", "clubId", hash, text, "usedAt")
      values (${newId("promptText")}, ${ctx.franchiseId}, ${ctx.clubId}, ${hash}, ${shared.get(hash) ?? ""}, ${tx.now})
      on conflict ("clubId", hash) do update set "usedAt" = excluded."usedAt"`;
  }
};

/** PostgreSQL keeps no NUL in a text. */
const storable = (text: string): string => text.replaceAll("\0", "").toWellFormed();
