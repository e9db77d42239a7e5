import "server-only";

import { CONNECTORS } from "#server/connectors/registry.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { PROVIDERS } from "#server/domain/vocabulary.ts";
import { env } from "#server/platform/env.ts";
import { log } from "#server/platform/logger.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { planTeamNotice } from "#server/services/alerts/plan-team-message.ts";
import { changesOf } from "#server/services/approvals/changes-of.ts";
import { needsRecentSignIn } from "#server/services/approvals/needs-recent-sign-in.ts";
import { assertCan } from "#server/services/authorize.ts";
import { openConnector } from "#server/services/connections/open-connector.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";

/** Chosen by us: leaves room for the line that says who may decide. */
const SUMMARY_MAX_CHARACTERS = 2_500;

type Approval = {
  readonly id: Id<"approval">;
  readonly summary: string;
  readonly requiredRole: string;
  readonly requiredCount: number;
  readonly changes: readonly string[];
  readonly effectKind: string;
  readonly clubSlug: string;
};

/** The same question is put once to each connection, for ever. */
export const noticeKey = (approvalId: string, connectionId: string): string => `approval-notice:${approvalId}:${connectionId}`;

/**
 * Puts an open question before the people of each vendor where the club lets itself be told, with buttons. A connection's
 * setting `announce` says of what: `deeds` (the default: doors, access, money, devices), `all` (drafted messages, too) or `none`.
 * Harmless to repeat. Returns how many connections are told of it by now.
 */
export const announceApproval = async (ctx: ServiceContext, { approvalId }: { readonly approvalId: Id<"approval"> }): Promise<number> => {
  assertCan(ctx, "effect.plan");
  const approval = await withClub(ctx, (tx) => openApproval(tx, ctx, approvalId), { fixedNow: ctx.fixedNow });
  if (approval === null) {
    return 0;
  }
  const places = await placesFor(ctx, approval);
  const effectIds = await inTransaction(ctx, async (tx) => {
    const planned: Id<"effect">[] = [];
    for (const place of places) {
      planned.push(await planNotice(tx, ctx, { approval, place }));
    }
    return planned;
  });
  for (const effectId of effectIds) {
    await dispatchEffect(ctx, { effectId });
  }
  return effectIds.length;
};

const openApproval = async (tx: Tx, ctx: ServiceContext, approvalId: Id<"approval">): Promise<Approval | null> => {
  const row = await tx.db.approval.findFirst({
    where: { id: approvalId, clubId: ctx.clubId, status: "pending", expiresAt: { gt: tx.now } },
    select: { summary: true, requiredRole: true, requiredCount: true, changes: true, effect: { select: { kind: true } } },
  });
  const club = row === null ? null : await tx.db.club.findFirst({ where: { id: ctx.clubId }, select: { slug: true } });
  return row === null || club === null
    ? null
    : {
        id: approvalId,
        summary: row.summary,
        requiredRole: row.requiredRole,
        requiredCount: row.requiredCount,
        changes: changesOf(row.changes),
        effectKind: row.effect.kind,
        clubSlug: club.slug,
      };
};

type Place = { readonly connectionId: Id<"connection">; readonly hasButtons: boolean };

/** Connections that can tell people, and want to be told of such a question. */
const placesFor = async (ctx: ServiceContext, { effectKind }: Approval): Promise<readonly Place[]> => {
  const providers = PROVIDERS.filter((provider) => CONNECTORS[provider]?.setup.capabilities.includes("notify") === true);
  const rows = await withClub(ctx, (tx) =>
    tx.db.connection.findMany({
      where: { clubId: ctx.clubId, provider: { in: providers }, archivedAt: null, status: { not: "disabled" } },
      orderBy: { id: "asc" },
      select: { id: true, settings: true },
    }),
  );
  const ids = rows.filter(({ settings }) => wantsToHear(settings, effectKind)).map(({ id }) => asId("connection", id));
  return Promise.all(ids.map(async (connectionId) => ({ connectionId, hasButtons: await canDecide(ctx, connectionId) })));
};

/** Buttons that nobody could hear would be a promise; a connection that cannot be opened is shown by the dispatch. */
const canDecide = async (ctx: ServiceContext, connectionId: Id<"connection">): Promise<boolean> => {
  try {
    return (await openConnector(ctx, { connectionId })).capabilities.includes("notify.decide");
  } catch (error) {
    log.warn({ err: error, clubId: ctx.clubId, connectionId }, "a connection for notices could not be opened");
    return false;
  }
};

const wantsToHear = (settings: unknown, effectKind: string): boolean => {
  const announce = typeof settings === "object" && settings !== null && "announce" in settings ? settings.announce : "deeds";
  return announce === "all" || (announce !== "none" && effectKind !== "message.send");
};

const planNotice = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { approval, place }: { readonly approval: Approval; readonly place: Place },
): Promise<Id<"effect">> => {
  const { connectionId, hasButtons } = place;
  const effectKey = noticeKey(approval.id, connectionId);
  const existing = await tx.db.effect.findFirst({ where: { clubId: ctx.clubId, effectKey }, select: { id: true } });
  if (existing !== null) {
    return asId("effect", existing.id);
  }
  const who = approval.requiredRole === "staff" ? "Anybody of the club may decide." : `A ${approval.requiredRole} decides.`;
  const where = needsRecentSignIn(approval) ? " It is approved in Spotter, after signing in; here it can be denied." : "";
  return planTeamNotice(tx, ctx, {
    effectKey,
    connectionId,
    notice: {
      text: `${[approval.summary, ...approval.changes].join("\n").slice(0, SUMMARY_MAX_CHARACTERS)}\n${who}${where}`,
      url: new URL(`/${approval.clubSlug}/approvals`, env.APP_URL).toString(),
      decision: hasButtons ? { value: approval.id } : null,
    },
  });
};
