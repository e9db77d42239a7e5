import "server-only";

import { campaignRoom } from "#server/domain/workflows/campaign-groups.ts";
import type { SequenceSettings } from "#server/domain/workflows/ready-sequences.ts";
import { render, withOptOut } from "#server/domain/workflows/merge-fields.ts";
import { exitReason, type Move, type SequenceName } from "#server/domain/workflows/sequence.ts";
import { WORKFLOW_SETTINGS } from "#server/domain/workflows/settings.ts";
import { defineWorkflow, type DecidedAt, type Verdict } from "#server/services/workflows/define.ts";
import { sendStep, stepPurpose, stepTier } from "#server/services/workflows/sequence/send-step.ts";
import { sequenceSubjects, type SequenceSubject } from "#server/services/workflows/sequence/subjects.ts";

/** Pure. What the move of somebody means for this run. */
const decide = ({ enrollment, move, seen }: SequenceSubject, _settings: SequenceSettings, { run }: DecidedAt): Verdict => {
  const { progress, sequence: group } = enrollment;
  switch (move.kind) {
    case "exit":
      return { kind: "skip", group, reason: exitReason(move.exit) };
    case "pass":
      return { kind: "skip", group, reason: "step_passed" };
    case "rest":
      return { kind: "skip", group, reason: move.reason, until: progress.status === "active" ? progress.dueAt : null };
    case "send":
      return sendVerdict({ firstName: seen.firstName, group, move, run });
  }
};

type Due = {
  readonly firstName: string;
  readonly group: SequenceName;
  readonly move: Extract<Move, { kind: "send" }>;
  readonly run: DecidedAt["run"];
};

const sendVerdict = ({ firstName, group, move: { said, step }, run: { club } }: Due): Verdict => {
  const fields = { first_name: firstName, club_name: club.name, ...(club.phone === null ? {} : { club_phone: club.phone }) };
  const common = {
    action: "message",
    group,
    reason: "step_due",
    fields,
    tier: stepTier(group, step),
    ...(said.channel === "best" ? {} : { channel: said.channel }),
  };
  if (said.templateKey !== null) {
    return { kind: "act", act: { ...common, templateKey: said.templateKey } };
  }
  const words = render(said.text ?? "", fields);
  return words.kind === "missing"
    ? { kind: "suppress", reason: "missing_field", group }
    : { kind: "act", act: { ...common, templateKey: null, writes: { purpose: stepPurpose(group, null), text: withOptOut(words.text) } } };
};

/** New leads, silent leads, missed bookings and long absences: a few notes each, which end with the first answer. */
export const sequence = defineWorkflow<SequenceSubject, SequenceSettings>({
  kind: "sequence",
  settings: WORKFLOW_SETTINGS.sequence,
  approval: "first_run",
  subjects: sequenceSubjects,
  decide,
  room: ({ maxPerDay }, planned) => campaignRoom({ maxPerDay, maxPerRun: maxPerDay }, planned),
  actions: { message: sendStep },
  reportLines: async (tx, ctx, run) => {
    const rows = await tx.db.sequenceEnrollment.groupBy({
      by: ["sequence"],
      where: { clubId: ctx.clubId, workflowRunId: run.id },
      _count: true,
    });
    return rows.map(({ _count, sequence: name }) => `${_count} entered: ${name.replaceAll("_", " ")}`);
  },
  tells: ({ tellsOfFailures }) => (tellsOfFailures ? "failures" : "never"),
});
