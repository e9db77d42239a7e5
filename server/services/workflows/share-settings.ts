import "server-only";

import { z, ZodError } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { asId } from "#server/domain/ids.ts";
import { adoptLayer, inheritedSettings, LAYERED_KINDS, leavesOf, type WorkflowLayer } from "#server/domain/workflows/settings-layers.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inFranchiseTransaction, type FranchiseTx, type ServiceContext } from "#server/services/context.ts";
import { assertOwnsFranchise } from "#server/services/policies/franchise-layers.ts";
import { currentLayer, OwnPaths } from "#server/services/workflows/current-layer.ts";
import { specOf } from "#server/services/workflows/definitions.ts";
import { staffId } from "#server/services/workflows/internal.ts";

const PATHS_MAX = 100;

export const ShareSettingsInput = z.object({
  kind: z.enum(LAYERED_KINDS),
  /** The version its author began from; 0 = there was none. */
  baseVersion: z.int().min(0),
  /** Only what the franchise sets; all else is each club's or built in. */
  document: z.record(z.string(), z.unknown()),
  /** Of them those that no club may change. */
  lockedPaths: z.array(z.string()).max(PATHS_MAX),
});
type ShareSettingsInput = z.output<typeof ShareSettingsInput>;

/**
 * Sets values of one kind of workflow for all clubs of the franchise, or holds them. Each club that has them otherwise gets its next
 * version in the same transaction: what it inherited follows, what it set itself stays unless it is held. The next runs have them.
 * @throws `forbidden` unless the whole franchise is theirs, `conflict`, `invalid` also where a club's own values would contradict them
 */
export const shareSettings = async (
  ctx: ServiceContext,
  raw: z.input<typeof ShareSettingsInput>,
): Promise<{ readonly version: number; readonly changedClubs: number }> => {
  assertCan(ctx, "workflow.manage");
  const input = ShareSettingsInput.parse(raw);
  return inFranchiseTransaction(ctx, async (tx) => {
    await assertOwnsFranchise(tx, ctx);
    // One after the other, also with whoever saves a club's own settings.
    await tx.db
      .$executeRaw`select 1 from "Workflow" where "franchiseId" = ${ctx.franchiseId} and kind = ${input.kind} order by id for update`;
    const { layer: before, version: newest } = await currentLayer(tx, { franchiseId: ctx.franchiseId, kind: input.kind });
    const after = checked(input);
    const version = input.baseVersion + 1;
    const { count } = await tx.db.workflowLayer.createMany({
      data: {
        id: newId("workflowLayer"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        kind: input.kind,
        version,
        document: JSON.parse(JSON.stringify(after.document)),
        lockedPaths: [...after.lockedPaths],
        publishedById: staffId(ctx),
        publishedAt: tx.now,
      },
      skipDuplicates: true,
    });
    if (newest !== input.baseVersion || count === 0) {
      throw new DomainError("conflict", "somebody else has changed this for all clubs meanwhile");
    }
    const changedClubs = await adoptEverywhere(tx, ctx, { kind: input.kind, before, after });
    await recordAudit(tx, ctx, {
      action: "workflow.shared",
      entityId: ctx.franchiseId,
      details: { kind: input.kind, version, changedClubs, lockedPaths: after.lockedPaths.join(" ") },
    });
    return { version, changedClubs };
  });
};

/** @throws `invalid` for a setting that does not exist, a lock without a value, and values that contradict each other */
const checked = ({ document, kind, lockedPaths }: ShareSettingsInput): WorkflowLayer => {
  const spec = specOf(kind);
  const known = leavesOf({ ...spec.defaults });
  const set = leavesOf(document);
  const stranger = [...set.keys()].find((path) => !known.has(path)) ?? lockedPaths.find((path) => !set.has(path));
  if (stranger !== undefined) {
    throw new DomainError("invalid", `"${stranger}" is no setting that can be held for all clubs`);
  }
  const layer = { document, lockedPaths: [...new Set(lockedPaths)].toSorted() };
  parsed(kind, { settings: inheritedSettings({ ...spec.defaults }, layer), whose: "these values" });
  return layer;
};

const parsed = (kind: string, { settings, whose }: { readonly settings: unknown; readonly whose: string }): object => {
  try {
    return specOf(kind).parseSettings(settings);
  } catch (error) {
    if (error instanceof ZodError) {
      throw new DomainError("invalid", `${whose} contradict each other: ${error.issues[0]?.message ?? "they do not fit"}`, {
        cause: error,
      });
    }
    throw error;
  }
};

type Adopting = { readonly kind: ShareSettingsInput["kind"]; readonly before: WorkflowLayer; readonly after: WorkflowLayer };

/** How many clubs have other settings by it. */
const adoptEverywhere = async (tx: FranchiseTx, ctx: ServiceContext, { after, before, kind }: Adopting): Promise<number> => {
  const { franchiseId } = ctx;
  const spec = specOf(kind);
  const clubs = await tx.db.club.findMany({ where: { franchiseId, archivedAt: null }, select: { id: true, name: true } });
  const nameOf = new Map(clubs.map(({ id, name }) => [id, name]));
  const rows = await tx.db.workflow.findMany({ where: { franchiseId, kind, archivedAt: null }, orderBy: { id: "asc" } });
  let changed = 0;
  for (const row of rows) {
    const clubId = asId("club", row.clubId);
    const own = { ...spec.parseSettings(row.settings) };
    const next = adoptLayer(own, { defaults: { ...spec.defaults }, before, after, ownPaths: OwnPaths.parse(row.ownPaths) });
    tx.newsOf(clubId).changes.push({ topic: "workflow" });
    if (JSON.stringify([...leavesOf(next)]) === JSON.stringify([...leavesOf(own)])) {
      continue;
    }
    changed += 1;
    const settings = JSON.parse(
      JSON.stringify(parsed(kind, { settings: next, whose: `the settings of ${nameOf.get(row.clubId) ?? "a club"}` })),
    );
    const version = row.version + 1;
    await tx.db.workflow.updateMany({ where: { id: row.id, clubId }, data: { settings, version, previewedAt: null, updatedAt: tx.now } });
    await tx.db.workflowVersion.createMany({
      data: {
        id: newId("workflowVersion"),
        franchiseId,
        clubId,
        workflowId: row.id,
        version,
        document: { schedule: row.schedule, settings },
        publishedById: staffId(ctx),
        publishedAt: tx.now,
      },
    });
  }
  return changed;
};
