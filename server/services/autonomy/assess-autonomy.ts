import "server-only";

import { assessAutonomy as assess, AUTONOMY_SCOPES, stageIn, type AutonomyScope, type AutonomyVerdict } from "#server/domain/autonomy.ts";
import { resolvePolicy } from "#server/domain/policy.ts";
import { newId } from "#server/platform/ids.ts";
import { raiseAlert, settleAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { policyLayers } from "#server/services/policies/read-layers.ts";

import { readHistory } from "./read-history.ts";
import { isStageLocked, setStage } from "./set-stage.ts";
import { demotionKey, demotionWords, heldWords, offerKey, offerWords } from "./words.ts";

export type Assessed = { readonly offeredCount: number; readonly demotedCount: number };

/**
 * Looks at every topic of the club: offers the stage one has earned, with its evidence, and takes back at once the one
 * another has lost, and says why. An offer whose grounds are gone is withdrawn. Run again it does nothing twice.
 */
export const assessAutonomy = async (ctx: ServiceContext): Promise<Assessed> => {
  assertCan(ctx, "learning.measure");
  return inTransaction(ctx, async (tx) => {
    // Two looks at one club follow each other.
    await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`autonomy|${ctx.clubId}`}, 1))`;
    const layers = await policyLayers(tx, ctx);
    const { policy } = resolvePolicy(layers);
    const historyOf = await readHistory(tx, ctx);
    const counts = { offeredCount: 0, demotedCount: 0 };
    for (const scope of AUTONOMY_SCOPES) {
      const verdict = assess({ scope, stage: stageIn(policy, scope), ...historyOf(scope), bars: policy.learning, now: tx.now });
      const isLocked = isStageLocked(layers, scope);
      await withdrawOffers(tx, ctx, { scope, verdict: isLocked ? null : verdict });
      if (verdict.kind === "offer" && !isLocked) {
        counts.offeredCount += (await offer(tx, ctx, { scope, verdict })) ? 1 : 0;
      } else if (verdict.kind === "demote" && isLocked) {
        await raiseAlert(tx, ctx, {
          kind: "stage_lowered",
          severity: "warning",
          key: demotionKey(scope),
          ...heldWords({ scope, ...verdict }),
        });
      } else if (verdict.kind === "demote") {
        counts.demotedCount += 1;
        await demote(tx, ctx, { scope, verdict });
      }
    }
    return counts;
  });
};

type Step<Kind extends AutonomyVerdict["kind"]> = {
  readonly scope: AutonomyScope;
  readonly verdict: Extract<AutonomyVerdict, { kind: Kind }>;
};

const offer = async (tx: ServiceTx, ctx: ServiceContext, { scope, verdict }: Step<"offer">): Promise<boolean> => {
  const { evidence, from, to } = verdict;
  const id = newId("autonomyChange");
  const { count } = await tx.db.autonomyChange.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      scope,
      fromStage: from,
      toStage: to,
      status: "offered",
      evidence,
      createdAt: tx.now,
    },
    skipDuplicates: true,
  });
  if (count === 0) {
    return false;
  }
  await raiseAlert(tx, ctx, { kind: "stage_offered", severity: "info", key: offerKey(scope), ...offerWords({ scope, to, evidence }) });
  await recordAudit(tx, ctx, { action: "stage.offered", entityId: id, details: { scope, from, to, ...evidence } });
  tx.news.actions.push({
    kind: "stage.offered",
    risk: "read",
    outcome: "planned",
    summary: "A higher stage of autonomy was offered to the owner.",
    inputs: { scope, from, to, ...evidence },
  });
  tx.news.changes.push({ topic: "learning" });
  return true;
};

const demote = async (tx: ServiceTx, ctx: ServiceContext, { scope, verdict }: Step<"demote">): Promise<void> => {
  const { evidence, from, to } = verdict;
  const id = newId("autonomyChange");
  const words = demotionWords({ scope, to, evidence });
  const policyVersion = await setStage(tx, ctx, { scope, to, note: words.title });
  await tx.db.autonomyChange.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      scope,
      fromStage: from,
      toStage: to,
      status: "demoted",
      evidence,
      createdAt: tx.now,
    },
  });
  await raiseAlert(tx, ctx, { kind: "stage_lowered", severity: "warning", key: demotionKey(scope), ...words });
  await recordAudit(tx, ctx, { action: "stage.lowered", entityId: id, details: { scope, from, to, ...evidence } });
  tx.news.actions.push({
    kind: "stage.lowered",
    risk: "reversible",
    outcome: "done",
    summary: "A stage of autonomy was taken back after corrections.",
    inputs: { scope, from, to, ...evidence },
    policyVersion,
  });
  tx.news.changes.push({ topic: "learning" });
};

type Grounds = {
  readonly scope: AutonomyScope;
  /** Null where the topic is not the club's to change. */ readonly verdict: AutonomyVerdict | null;
};

/** An offer stands only as long as what it rests on: the same step of the same stage. */
const withdrawOffers = async (tx: ServiceTx, ctx: ServiceContext, { scope, verdict }: Grounds): Promise<void> => {
  const stands = verdict?.kind === "offer" ? [{ fromStage: verdict.from, toStage: verdict.to }] : [];
  const { count } = await tx.db.autonomyChange.updateMany({
    where: { clubId: ctx.clubId, scope, status: "offered", NOT: stands },
    data: { status: "withdrawn", decidedAt: tx.now },
  });
  if (count > 0) {
    await settleAlert(tx, ctx, offerKey(scope));
    tx.news.changes.push({ topic: "learning" });
  }
};
