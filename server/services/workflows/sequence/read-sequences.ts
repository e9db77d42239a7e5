import "server-only";

import { z } from "zod";

import { asId } from "#server/domain/ids.ts";
import { planOf, SequenceSettings } from "#server/domain/workflows/ready-sequences.ts";
import { exitReason, EXITS, SEQUENCES, type SequenceExit, type SequenceName } from "#server/domain/workflows/sequence.ts";
import { reasonText, type OutcomeState } from "#server/domain/workflows/outcomes.ts";
import { templateSpec, type TemplateKey } from "#server/domain/workflows/templates.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { sendingChannels } from "#server/services/messages/sending-channels.ts";
import { currentLayer } from "#server/services/workflows/current-layer.ts";
import { WORKFLOW_SPECS } from "#server/services/workflows/definitions.ts";
import { ensureWorkflows } from "#server/services/workflows/ensure-workflows.ts";
import { viewOf } from "#server/services/workflows/list-workflows.ts";
import { ownRow, writtenText } from "#server/services/workflows/run-texts.ts";
import { stepTier } from "#server/services/workflows/sequence/send-step.ts";

/** The ready sequences of the club with their steps as they read today, and how many stand where. */
export const listSequences = async (ctx: ServiceContext) => {
  assertCan(ctx, "workflow.read");
  return inTransaction(ctx, async (tx) => {
    await ensureWorkflows(tx, ctx);
    const row = await tx.db.workflow.findFirstOrThrow({ where: { clubId: ctx.clubId, kind: "sequence", archivedAt: null } });
    const settings = SequenceSettings.parse(WORKFLOW_SPECS.sequence?.parseSettings(row.settings));
    const counts = await countsOf(tx, ctx, row.id);
    const bodies = new Map<TemplateKey, string>();
    for (const key of SEQUENCES.flatMap((name) => settings[name].steps.flatMap(({ templateKey }) => templateKey ?? []))) {
      bodies.set(key, await bodyOf(tx, ctx, key));
    }
    return {
      workflow: await viewOf(tx, ctx, row),
      settings,
      /** What the franchise holds for all its clubs, by paths such as `new_lead.isOn`. */
      lockedPaths: (await currentLayer(tx, { franchiseId: ctx.franchiseId, kind: "sequence" })).layer.lockedPaths,
      /** Kinds of channels over which the club can write now. */
      channels: [...(await sendingChannels(tx, ctx)).keys()],
      sequences: SEQUENCES.map((name) => ({
        name,
        isOn: settings[name].isOn,
        exits: EXITS[name].map((exit) => ({ exit, text: reasonText(exitReason(exit)) })),
        steps: planOf(name, settings).steps.map((step) => ({
          ...step,
          textName: step.templateKey === null ? null : templateSpec(step.templateKey).name,
          body: step.templateKey === null ? step.text : (bodies.get(step.templateKey) ?? ""),
          /** Who waits for it now. */
          waitingCount:
            counts.find((count) => count.sequence === name && count.status === "active" && count.nextStep === step.no)?.count ?? 0,
        })),
        activeCount: sumOf(counts, { name, status: "active" }),
        finishedCount: sumOf(counts, { name, status: "finished" }),
        exitedCount: sumOf(counts, { name, status: "exited" }),
      })),
    };
  });
};

/** As it would go out now: Spotter's wording while it is used, else the club's own words, else the built-in ones. */
const bodyOf = async (tx: Tx, ctx: ServiceContext, key: TemplateKey): Promise<string> =>
  (await writtenText(tx, ctx, key))?.bodies[0] ?? (await ownRow(tx, ctx, key))?.body ?? templateSpec(key).builtIn[0];

type Count = { readonly sequence: string; readonly status: string; readonly nextStep: number; readonly count: number };

const countsOf = async (tx: Tx, ctx: ServiceContext, workflowId: string): Promise<readonly Count[]> => {
  const rows = await tx.db.sequenceEnrollment.groupBy({
    by: ["sequence", "status", "nextStep"],
    where: { clubId: ctx.clubId, workflowId },
    _count: true,
  });
  return rows.map(({ _count, ...row }) => ({ ...row, count: _count }));
};

const sumOf = (counts: readonly Count[], { name, status }: { readonly name: string; readonly status: string }): number =>
  counts.reduce((sum, row) => sum + (row.sequence === name && row.status === status ? row.count : 0), 0);

export const SequencePeopleInput = z.object({ name: z.enum(SEQUENCES), isIn: z.boolean() });

/** Chosen by us: whom a person looks through; the whole stands in the runs. */
const PEOPLE_MAX = 100;

/** Who is in a sequence now and at which step, the next due first; or who was, the last to leave first. Each with what they got. */
export const listSequencePeople = async (ctx: ServiceContext, raw: z.input<typeof SequencePeopleInput>) => {
  assertCan(ctx, "workflow.read");
  const { isIn, name } = SequencePeopleInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const rows = await tx.db.sequenceEnrollment.findMany({
        where: { clubId: ctx.clubId, sequence: name, status: isIn ? "active" : { not: "active" } },
        orderBy: isIn ? [{ dueAt: "asc" }, { id: "asc" }] : [{ endedAt: "desc" }, { id: "desc" }],
        take: PEOPLE_MAX,
        select: {
          id: true,
          contactId: true,
          enteredAt: true,
          status: true,
          nextStep: true,
          dueAt: true,
          exit: true,
          endedAt: true,
          contact: { select: { displayName: true } },
        },
      });
      const history = await historyOf(tx, ctx, { name, contactIds: rows.map(({ contactId }) => contactId) });
      return rows.map(({ contact, contactId, exit, ...row }, index) => ({
        ...row,
        contactId: asId("contact", contactId),
        name: contact.displayName,
        ending: exit === null ? null : reasonText(exitReason(exit as SequenceExit)),
        history: history.filter(
          (line) => line.contactId === contactId && line.at >= row.enteredAt && !isLaterStay(rows, { index, contactId, at: line.at }),
        ),
      }));
    },
    { fixedNow: ctx.fixedNow },
  );
};

type Stay = { readonly contactId: string; readonly enteredAt: Date };

/** Somebody may have been in it more than once: what they got belongs to the newest stay before it. */
const isLaterStay = (
  rows: readonly Stay[],
  { at, contactId, index }: { readonly index: number; readonly contactId: string; readonly at: Date },
): boolean =>
  rows.some(
    (other, place) =>
      place !== index && other.contactId === contactId && other.enteredAt <= at && other.enteredAt > (rows[index]?.enteredAt ?? at),
  );

type Line = {
  readonly contactId: string;
  /** Number of the step. */
  readonly step: number;
  readonly outcome: OutcomeState;
  readonly why: string;
  readonly text: string | null;
  readonly at: Date;
};

type Asked = { readonly name: SequenceName; readonly contactIds: readonly string[] };

const historyOf = async (tx: Tx, ctx: ServiceContext, { contactIds, name }: Asked): Promise<readonly Line[]> => {
  const prefix = stepTier(name, 0).slice(0, -1);
  const rows = await tx.db.workflowOutcome.findMany({
    where: { clubId: ctx.clubId, contactId: { in: [...contactIds] }, group: name, isDryRun: false, tier: { startsWith: prefix } },
    orderBy: { createdAt: "asc" },
    select: { contactId: true, tier: true, outcome: true, reason: true, text: true, createdAt: true, settledAt: true },
  });
  return rows.map(({ contactId, createdAt, outcome, reason, settledAt, text, tier }) => ({
    contactId,
    step: Number((tier ?? "").slice(prefix.length)),
    outcome: outcome as OutcomeState,
    why: reasonText(reason),
    text,
    at: settledAt ?? createdAt,
  }));
};
