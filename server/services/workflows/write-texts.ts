import "server-only";

import type { TemplateKey } from "#server/domain/workflows/templates.ts";
import type { KnownArticle } from "#server/domain/knowledge-today.ts";
import { isBudgetSpent } from "#server/services/agent-runs/budget-spent.ts";
import { recordTurn, type TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { knownToday } from "#server/services/knowledge/known-today.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";
import { lockRun, moveRun, RunTexts, type RunRow, type RunText } from "#server/services/workflows/internal.ts";
import { fallbackText, ownRow, plannedGroups, storeTemplate, writtenAs, writtenText } from "#server/services/workflows/run-texts.ts";

/** A text to be written, with all that whoever writes it may know. */
export type Writing = {
  readonly kind: "write";
  readonly keys: readonly { readonly key: TemplateKey; readonly group: string; readonly ownText: string | null }[];
  readonly club: { readonly name: string; readonly phone: string | null };
  readonly personality: string;
  readonly agentName: string;
  readonly language: string;
  readonly knowledge: readonly KnownArticle[];
  readonly allowedLinkHosts: readonly string[];
  /** The policy's; null = the installation's. */
  readonly model: string | null;
};

/** Finds the texts that stand already and says which are to be written; with none of those the run goes on at once. */
export const beginWriting = async (
  ctx: ServiceContext,
  { runId }: { readonly runId: string },
): Promise<Writing | { readonly kind: "none" }> => {
  assertCan(ctx, "workflow.work");
  return inTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, ctx, runId);
    if (run.phase !== "writing" || run.status !== "running" || run.isPaused) {
      return { kind: "none" };
    }
    const groups = await plannedGroups(tx, ctx, runId);
    const texts: RunTexts = { ...RunTexts.parse(run.texts) };
    const missing: { key: TemplateKey; group: string; ownText: string | null }[] = [];
    for (const { group, templateKey: key } of groups) {
      const known = texts[key] ?? (await standingText(tx, ctx, { run, group, key })) ?? (await writtenText(tx, ctx, key));
      if (known !== null) {
        texts[key] = known;
      } else if (missing.every((each) => each.key !== key)) {
        missing.push({ key, group, ownText: (await ownRow(tx, ctx, key))?.body ?? null });
      }
    }
    await recordAudit(tx, ctx, { action: "workflow.acted", entityId: runId, details: { phase: "writing", missingCount: missing.length } });
    const { policy } = await resolvedPolicy(tx, ctx);
    if (missing.length === 0 || (await isBudgetSpent(tx, ctx, policy))) {
      await finishTexts(tx, ctx, { run, texts, missing: missing.map(({ key }) => key) });
      return { kind: "none" };
    }
    await moveRun(tx, ctx, { runId, data: { texts } });
    const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, phone: true, timeZone: true } });
    return {
      kind: "write",
      keys: missing,
      club: { name: club.name, phone: club.phone },
      personality: policy.agent.personality,
      agentName: policy.agent.name,
      language: policy.agent.languages[0] ?? "en",
      knowledge: await knownToday(tx, ctx, { policy, timeZone: club.timeZone }),
      allowedLinkHosts: policy.allowedLinkHosts,
      model: policy.models.agent,
    };
  });
};

type Wanted = { readonly run: RunRow; readonly group: string; readonly key: TemplateKey };

/** The text somebody has said yes to for this group; whether the yes still holds is asked when it is needed. */
const standingText = async (tx: ServiceTx, ctx: ServiceContext, { group, key, run }: Wanted): Promise<RunText | null> => {
  const approval = await tx.db.standingApproval.findFirst({
    where: { clubId: ctx.clubId, workflowId: run.workflowId, group: `${group}:${key}`, fallenAt: null, expiresAt: { gt: tx.now } },
    select: { templateId: true, textHash: true },
  });
  const template =
    approval === null
      ? null
      : await tx.db.template.findFirst({
          where: { id: approval.templateId, key, archivedAt: null },
          select: { id: true, body: true, source: true, createdAt: true },
        });
  const own = template === null ? null : await ownRow(tx, ctx, key);
  const isOutdated = template !== null && own !== null && own.id !== template.id && own.createdAt > template.createdAt;
  return template === null || isOutdated
    ? null
    : {
        templateId: template.id,
        bodies: [template.body],
        source: template.source === "written" ? "written" : "own",
        textHash: approval?.textHash ?? "",
      };
};

export type WrittenText = {
  readonly key: TemplateKey;
  /** Null where nothing usable came. */ readonly body: string | null;
  readonly turn: TurnRecord;
};

/** Keeps what was written, falls back to the club's own words for the rest, and lets the run go on. What the calls cost is the run's. */
export const finishWriting = async (
  ctx: ServiceContext,
  { runId, written }: { readonly runId: string; readonly written: readonly WrittenText[] },
): Promise<void> => {
  assertCan(ctx, "workflow.work");
  await inTransaction(ctx, async (tx) => {
    for (const { turn } of written) {
      await recordTurn(tx, ctx, { runId: null, purpose: "workflow", turn });
    }
    const run = await lockRun(tx, ctx, runId);
    await addCost(tx, ctx, { runId, turns: written.map(({ turn }) => turn) });
    if (run.phase !== "writing") {
      return;
    }
    const texts: RunTexts = { ...RunTexts.parse(run.texts) };
    for (const { body, key } of written) {
      if (body !== null && texts[key] === undefined) {
        const id = await storeTemplate(tx, ctx, { key, body, source: "written", createdById: null });
        await recordAudit(tx, ctx, { action: "template.written", entityId: id, details: { key } });
        texts[key] = writtenAs(id, body);
      }
    }
    await finishTexts(tx, ctx, { run, texts, missing: written.map(({ key }) => key) });
  });
};

type Finished = { readonly run: RunRow; readonly texts: RunTexts; readonly missing: readonly TemplateKey[] };

const finishTexts = async (tx: ServiceTx, ctx: ServiceContext, { missing, run, texts }: Finished): Promise<void> => {
  const all: RunTexts = { ...texts };
  for (const key of missing) {
    all[key] ??= await fallbackText(tx, ctx, key);
  }
  const detail = Object.entries(all)
    .map(([key, { source }]) => `${key}: ${source}`)
    .join(", ");
  await moveRun(tx, ctx, { runId: run.id, data: { texts: all, phase: "approving" }, step: { name: "texts", detail } });
};

const addCost = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { runId, turns }: { readonly runId: string; readonly turns: readonly TurnRecord[] },
) => {
  const sum = (read: (turn: TurnRecord) => number): number => turns.reduce((total, turn) => total + read(turn), 0);
  await tx.db.workflowRun.updateMany({
    where: { id: runId, clubId: ctx.clubId },
    data: {
      inputTokens: {
        increment: sum(({ cacheReadTokens, cacheWriteTokens, inputTokens }) => inputTokens + cacheReadTokens + cacheWriteTokens),
      },
      outputTokens: { increment: sum(({ outputTokens }) => outputTokens) },
      costMicros: { increment: BigInt(Math.round(sum(({ costMicros }) => costMicros))) },
    },
  });
};
