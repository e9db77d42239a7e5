import "server-only";

import { isTemplateKey, templateSpec, type TemplateKey } from "#server/domain/workflows/templates.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { RunText } from "#server/services/workflows/internal.ts";
import { TEXT_MAX_DAYS } from "#server/services/workflows/limits.ts";

const DAY_MS = 86_400_000;

export type PlannedGroup = {
  readonly group: string;
  readonly templateKey: TemplateKey;
  /** Who gets the text in this run. */
  readonly count: number;
  /** All who belong to the group today, whether they get something or not. */
  readonly size: number;
};

/** Which texts a run needs, and for how many people of which group. */
export const plannedGroups = async (tx: Tx, ctx: ServiceContext, runId: string): Promise<readonly PlannedGroup[]> => {
  const rows = await tx.db.$queryRaw<{ group: string; templateKey: string; count: number; size: number }[]>`
    select "group", "templateKey", count, size from (
      select "group", "templateKey", count(*)::int as count, (sum(count(*)) over (partition by "group"))::int as size,
             bool_or(outcome in ('planned', 'deferred')) and "templateKey" is not null as planned
      from "WorkflowOutcome" where "clubId" = ${ctx.clubId} and "workflowRunId" = ${runId} and "group" is not null
      group by "group", "templateKey") as groups
    where planned order by 1, 2`;
  return rows.flatMap(({ templateKey, ...row }) => (isTemplateKey(templateKey) ? [{ ...row, templateKey }] : []));
};

type Row = { readonly id: string; readonly body: string; readonly source: string };

const textOf = ({ body, id, source }: Row): RunText => ({
  templateId: id,
  bodies: [body],
  source: source === "written" ? "written" : "own",
  textHash: sha256(body),
});

/** The newest text that Spotter wrote under a key, while it is young; newer words of the club's own end it. */
export const writtenText = async (tx: Tx, ctx: ServiceContext, key: TemplateKey): Promise<RunText | null> => {
  const written = await tx.db.template.findFirst({
    where: {
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      key,
      source: "written",
      archivedAt: null,
      createdAt: { gt: new Date(tx.now.getTime() - TEXT_MAX_DAYS * DAY_MS) },
    },
    orderBy: { version: "desc" },
    select: { id: true, body: true, source: true, createdAt: true },
  });
  const own = written === null ? null : await ownRow(tx, ctx, key);
  return written === null || (own !== null && own.createdAt > written.createdAt) ? null : textOf(written);
};

/** The club's own words under a key, else those of its franchise. */
export const ownRow = (tx: Tx, ctx: ServiceContext, key: TemplateKey) =>
  tx.db.template.findFirst({
    where: { franchiseId: ctx.franchiseId, OR: [{ clubId: ctx.clubId }, { clubId: null }], key, source: "own", archivedAt: null },
    orderBy: [{ clubId: { sort: "asc", nulls: "last" } }, { version: "desc" }],
    select: { id: true, body: true, source: true, createdAt: true },
  });

/** What is sent where Spotter wrote nothing usable: own words, else the built-in ones, which the club then has as its own. */
export const fallbackText = async (tx: ServiceTx, ctx: ServiceContext, key: TemplateKey): Promise<RunText> => {
  const own = await ownRow(tx, ctx, key);
  if (own !== null) {
    return textOf(own);
  }
  const { builtIn } = templateSpec(key);
  const id = await storeTemplate(tx, ctx, { key, body: builtIn[0], source: "own", createdById: null });
  return { templateId: id, bodies: [...builtIn], source: "built_in", textHash: sha256(builtIn.join("\n")) };
};

type NewTemplate = {
  readonly key: TemplateKey;
  readonly body: string;
  readonly source: "own" | "written";
  readonly createdById: string | null;
};

/** The next version of a text of the club. */
export const storeTemplate = async (tx: ServiceTx, ctx: ServiceContext, { body, createdById, key, source }: NewTemplate) => {
  const newest = await tx.db.template.findFirst({
    where: { franchiseId: ctx.franchiseId, clubId: ctx.clubId, key, source },
    orderBy: { version: "desc" },
    select: { version: true },
  });
  const id = newId("template");
  const { name, purpose } = templateSpec(key);
  await tx.db.template.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      key,
      name,
      channelKind: "sms",
      purpose,
      source,
      body,
      version: (newest?.version ?? 0) + 1,
      createdById,
      createdAt: tx.now,
    },
  });
  return id;
};

export const writtenAs = (id: string, body: string): RunText => textOf({ id, body, source: "written" });
