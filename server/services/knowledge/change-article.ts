import "server-only";

import type { AuditAction } from "#server/domain/audit.ts";
import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import type { ArticleStatus, Fact } from "#server/domain/knowledge.ts";
import { stripInvisible } from "#server/domain/text.ts";
import type { Permission } from "#server/domain/permissions.ts";
import { withClub, withFranchise, type Tx } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

import { askedAsKept, insertVersion, lockArticle, overtaken, readArticle, translationAsKept, type ArticleRow } from "./internal.ts";

type Content = Pick<ArticleRow, "title" | "body" | "asked" | "translations" | "validFromOn" | "validUntilOn"> & {
  readonly facts: readonly Fact[];
  readonly status: ArticleStatus;
};
type Stop = Pick<ArticleRow, "stoppedAt" | "stopReason" | "stoppedById">;

export type ArticleChange = {
  /** A next version with this on top of the one before; left out, the version stays. */
  readonly next?: Partial<Content>;
  /** Who may say what changes at once and is no version: stops. */
  readonly stop?: Partial<Stop> & { readonly facts?: readonly Fact[] };
};

type Wish = {
  readonly articleId: Id<"knowledgeArticle">;
  readonly permission: Permission;
  readonly action: AuditAction;
  /** The version that was looked at; any, where what is wished does not depend on the words. */
  readonly version?: number;
  readonly from?: readonly ArticleStatus[];
  readonly details?: Record<string, string | number | boolean | null>;
};

export type ChangedArticle = { readonly version: number };

/**
 * One change of one article with its version and its audit row. An article of the franchise is changed by an owner, in
 * the franchise's own context; only stopping one is open to whoever may stop, because a wrong price is wrong in every club.
 * @throws `not_found`, `conflict` when somebody was faster, `precondition_failed` in another state
 */
export const changeArticle = async (
  ctx: ServiceContext,
  wish: Wish,
  change: (article: ArticleRow, tx: Tx) => ArticleChange | Promise<ArticleChange>,
): Promise<ChangedArticle> => {
  assertCan(ctx, wish.permission);
  const { clubId, id } = await withClub(ctx, (tx) => readArticle(tx, ctx, wish.articleId), { fixedNow: ctx.fixedNow });
  const work = async (tx: Tx): Promise<ChangedArticle> => {
    const article = await lockArticle(tx, { id });
    if (wish.version !== undefined && wish.version !== article.version) {
      throw overtaken();
    }
    if (wish.from !== undefined && !wish.from.includes(article.status)) {
      throw new DomainError("precondition_failed", `this article is ${article.status}`);
    }
    const version = await write(tx, ctx, { article, change: await change(article, tx) });
    await recordAudit(tx, ctx, { action: wish.action, entityId: id, details: { ...wish.details, version } });
    return { version };
  };
  if (clubId === null) {
    if (wish.permission !== "knowledge.stop") {
      assertCan(ctx, "knowledge.share");
    }
    return withFranchise(ctx, work, { fixedNow: ctx.fixedNow });
  }
  return inTransaction(ctx, async (tx) => {
    tx.news.changes.push({ topic: "knowledge" });
    return work(tx);
  });
};

const write = async (
  tx: Tx,
  ctx: ServiceContext,
  { article, change: { next, stop } }: { readonly article: ArticleRow; readonly change: ArticleChange },
): Promise<number> => {
  const version = next === undefined ? article.version : article.version + 1;
  const facts = stop?.facts ?? next?.facts;
  const { facts: _facts, asked: _asked, translations: _translations, ...columns } = { ...next, ...stop };
  const [asked, translations] = [next?.asked?.map(askedAsKept), next?.translations?.map(translationAsKept)];
  const words = {
    ...(next?.title === undefined ? {} : { title: stripInvisible(next.title) }),
    ...(next?.body === undefined ? {} : { body: stripInvisible(next.body) }),
  };
  const { count } = await tx.db.knowledgeArticle.updateMany({
    where: { id: article.id, franchiseId: ctx.franchiseId, version: article.version },
    data: {
      ...columns,
      ...words,
      ...(facts === undefined ? {} : { facts: [...facts] }),
      ...(asked === undefined ? {} : { asked: [...asked] }),
      ...(translations === undefined ? {} : { translations: [...translations] }),
      version,
      updatedAt: tx.now,
    },
  });
  if (count === 0) {
    throw overtaken();
  }
  if (next !== undefined) {
    const { title, body, status, clubId } = { ...article, ...next, ...words };
    await insertVersion(tx, ctx, {
      articleId: article.id,
      clubId,
      version,
      title,
      body,
      status,
      facts: facts ?? article.facts,
      asked: asked ?? article.asked,
      translations: translations ?? article.translations,
    });
  }
  return version;
};
