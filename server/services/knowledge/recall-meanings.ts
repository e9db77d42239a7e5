import "server-only";

import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";

import { type Encode, readVectors, writeVectors } from "#server/domain/sentence-vectors.ts";
import { newId } from "#server/platform/ids.ts";
import { encode as encodeAnew, ENCODER_NAME } from "#server/platform/sentence-encoder.ts";
import { withFranchise } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { Article } from "#server/understanding/answer-from.ts";
import { ENCODED_BATCH_SIZE, unlearntTexts } from "#server/understanding/answering/library.ts";
import { learnMeanings, meaningOf } from "#server/understanding/answering/meanings.ts";

/** Rows of one statement. */
const ROWS_MAX_COUNT = 1_000;

type Scope = Pick<ServiceContext, "franchiseId" | "clubId">;
type Meaning = readonly [text: string, vector: Float32Array];

type Recalled<A extends Article> = {
  readonly articles: readonly A[];
  readonly encode?: Encode;
  /** Somebody waits. Else half of the time is left to whatever this process does besides: encoding takes its only thread. */
  readonly isUrgent?: boolean;
  /** Milliseconds that somebody waits at most. */
  readonly waitAtMostMs?: number;
};

/** Chosen by us: a club's questions take some seconds, once, on a machine that does nothing else; on a busy one nobody is kept waiting for more. */
const WAIT_AT_MOST_MS = 5_000;

/**
 * Makes the questions that articles carry ready for comparison: a club has some thousand, and encoding them takes seconds. What was encoded
 * once in a franchise is read from the database by every process after that; the rest is encoded now and kept.
 *
 * @returns the articles as they can be compared now: where that takes too long, without the questions they carry.
 * With some of them they would be taken for more certain than they are, since what else is asked speaks against an answer.
 */
export const recallMeanings = async <A extends Article>(
  ctx: Scope,
  { articles, encode = encodeAnew, isUrgent = true, waitAtMostMs = WAIT_AT_MOST_MS }: Recalled<A>,
): Promise<readonly A[]> => {
  const wanted = unlearntTexts(articles);
  for (let at = 0; at < wanted.length; at += ROWS_MAX_COUNT) {
    learnMeanings(await storedMeanings(ctx, wanted.slice(at, at + ROWS_MAX_COUNT)));
  }
  const missing = wanted.length === 0 ? [] : unlearntTexts(articles);
  const since = performance.now();
  for (let at = 0; at < missing.length; at += ENCODED_BATCH_SIZE) {
    const start = performance.now();
    if (isUrgent && start - since >= waitAtMostMs) {
      return articles.map((article) => ({ ...article, asked: [] }));
    }
    // Somebody else may have learnt it meanwhile.
    const batch = missing.slice(at, at + ENCODED_BATCH_SIZE).filter((text) => meaningOf(text) === undefined);
    const vectors = await encode(batch);
    const tookMs = performance.now() - start;
    const meanings = batch.flatMap((text, place): Meaning[] => {
      const vector = vectors[place];
      return vector === undefined ? [] : [[text, vector]];
    });
    learnMeanings(meanings);
    await keep(ctx, meanings);
    if (!isUrgent) {
      await setTimeout(tookMs);
    }
  }
  return articles;
};

const storedMeanings = async (ctx: Scope, texts: readonly string[]): Promise<readonly Meaning[]> => {
  const textOf = new Map(texts.map((text) => [digestOf(text), text]));
  const rows = await withFranchise(ctx, (tx) =>
    tx.db.sentenceVector.findMany({
      where: { franchiseId: ctx.franchiseId, digest: { in: [...textOf.keys()] } },
      select: { digest: true, vector: true },
    }),
  );
  return rows.flatMap(({ digest, vector }): Meaning[] => {
    const [text, [read]] = [textOf.get(digest), readVectors(vector)];
    return text === undefined || read === undefined ? [] : [[text, read]];
  });
};

const keep = (ctx: Scope, meanings: readonly Meaning[]): Promise<unknown> =>
  withFranchise(ctx, (tx) =>
    tx.db.sentenceVector.createMany({
      data: meanings.map(([text, vector]) => ({
        id: newId("sentenceVector"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        digest: digestOf(text),
        vector: writeVectors([vector]),
        createdAt: tx.now,
      })),
      // Another process may have met the same text.
      skipDuplicates: true,
    }),
  );

const digestOf = (text: string): string => createHash("sha256").update(`${ENCODER_NAME}\n${text}`).digest("hex");
