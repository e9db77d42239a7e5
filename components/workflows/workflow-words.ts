import { capitalize, formatCalendarDate, formatDuration, words } from "#components/lib/format.ts";
import type { Tone } from "#components/lib/labels.ts";
import type { WorkflowRow } from "#components/workflows/workflow-types.ts";
import { WEEKDAY_NAMES } from "#server/domain/calendar-date.ts";
import type { RunPhase, RunStatus, RunTrigger } from "#server/domain/workflows/kinds.ts";
import { OUTCOME_WORDS, OUTCOMES, type OutcomeState } from "#server/domain/workflows/outcomes.ts";
import type { Schedule } from "#server/domain/workflows/schedule.ts";
import { isTemplateKey, templateSpec } from "#server/domain/workflows/templates.ts";

type Label = { readonly label: string; readonly tone: Tone };

type StateOf = Pick<WorkflowRow, "isOn" | "isPaused" | "isDryRun"> & { readonly lastRun: Pick<RunOf, "status" | "phase"> | null };
type RunOf = { readonly status: RunStatus; readonly phase: RunPhase };

/** The one state a workflow is shown in: what needs a person comes before everything else. */
export const workflowLabel = ({ isDryRun, isOn, isPaused, lastRun }: StateOf): Label => {
  if (isPaused) {
    return { label: "Paused", tone: "warn" };
  }
  if (lastRun?.status === "waiting" && lastRun.phase === "approving") {
    return { label: "Waiting for yes", tone: "warn" };
  }
  if (lastRun?.status === "failed") {
    return { label: "Failed", tone: "bad" };
  }
  if (!isOn) {
    return { label: "Off", tone: "neutral" };
  }
  return isDryRun ? { label: "Dry run", tone: "neutral" } : { label: "Live", tone: "good" };
};

/** How a run stands. Waiting is two things: for a person, and for the hour of those who get something. */
export const runLabel = ({ phase, status }: RunOf): Label => {
  switch (status) {
    case "queued":
      return { label: "About to begin", tone: "neutral" };
    case "running":
      return { label: PHASE_WORDS[phase], tone: "spotter" };
    case "waiting":
      return phase === "approving" ? { label: "Waiting for yes", tone: "warn" } : { label: "Waiting for its hour", tone: "neutral" };
    case "completed":
      return { label: "Finished", tone: "good" };
    case "failed":
      return { label: "Failed", tone: "bad" };
    case "cancelled":
      return { label: "Stopped", tone: "neutral" };
  }
};

const PHASE_WORDS = {
  planning: "Planning",
  writing: "Writing",
  approving: "Checking",
  acting: "Acting",
  reporting: "Reporting",
  ended: "Ending",
} as const satisfies Record<RunPhase, string>;

export const TRIGGER_WORDS = {
  schedule: "by schedule",
  manual: "run by hand",
  payment: "after a payment",
  preview: "preview",
} as const satisfies Record<RunTrigger, string>;

export const OUTCOME_TONES = {
  planned: "neutral",
  deferred: "neutral",
  needs_approval: "warn",
  unknown: "warn",
  sent: "good",
  done: "good",
  skipped: "neutral",
  suppressed: "neutral",
  failed: "bad",
  cancelled: "neutral",
} as const satisfies Record<OutcomeState, Tone>;

/** Of a dry run what is planned is what would be done. */
export const outcomeWord = (outcome: OutcomeState, isDryRun: boolean): string =>
  isDryRun && (outcome === "planned" || outcome === "deferred")
    ? { planned: "would be done", deferred: "would wait for its hour" }[outcome]
    : OUTCOME_WORDS[outcome];

const GROUP_WORDS: Readonly<Record<string, string>> = {
  none: "In no group",
  green: "New members",
  pay_per_visit: "Pay per visit",
  prospect: "Prospects",
};

/** "green" → "New members", as the member list says it */
export const groupWord = (group: string): string => GROUP_WORDS[group] ?? capitalize(words(group));

export const templateName = (key: string): string => (isTemplateKey(key) ? templateSpec(key).name : capitalize(words(key)));

export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Over all groups. */
export const totalsOf = (counts: Counts): Partial<Record<OutcomeState, number>> =>
  Object.fromEntries(
    OUTCOMES.flatMap((state) => {
      const count = Object.values(counts).reduce((sum, states) => sum + (states[state] ?? 0), 0);
      return count === 0 ? [] : [[state, count]];
    }),
  );

/** The result of a run in one line: "48 sent, 2 failed, 310 nothing to do". */
export const resultLine = (counts: Counts, isDryRun: boolean): string => {
  const totals = totalsOf(counts);
  const parts = OUTCOMES.flatMap((state) => {
    const count = totals[state] ?? 0;
    return count === 0 ? [] : [`${count.toLocaleString("en-US")} ${outcomeWord(state, isDryRun)}`];
  });
  return parts.join(", ");
};

/** "daily at 6:00 AM", "every second Monday at 9:00 AM" */
export const scheduleText = (schedule: Schedule): string => {
  switch (schedule.kind) {
    case "hourly":
      return schedule.minute === 0 ? "every hour on the hour" : `every hour, ${schedule.minute} min past`;
    case "daily":
      return `daily at ${clockTime(schedule.minuteOfDay)}`;
    case "weekly":
      return `every ${schedule.everyWeeks === 2 ? "second " : ""}${WEEKDAY_NAMES[schedule.weekday] ?? ""} at ${clockTime(schedule.minuteOfDay)}`;
    case "monthly":
      return `on day ${schedule.day} of each month at ${clockTime(schedule.minuteOfDay)}`;
    case "once":
      return `once, on ${formatCalendarDate(schedule.on)} at ${clockTime(schedule.minuteOfDay)}`;
  }
};

/** 1260 → "9:00 PM" */
export const clockTime = (minuteOfDay: number): string => {
  const hour = Math.floor(minuteOfDay / 60);
  return `${hour % 12 === 0 ? 12 : hour % 12}:${String(minuteOfDay % 60).padStart(2, "0")} ${hour < 12 ? "AM" : "PM"}`;
};

const STEP_WORDS: Readonly<Record<string, string>> = {
  started: "Began",
  planned: "Planned, person by person",
  texts: "Texts ready",
  waits: "Waits for a yes",
  approved: "Let go",
  ended: "Ended",
  cancelled: "Stopped",
  failed: "Failed",
};

export const stepName = (name: string): string => STEP_WORDS[name] ?? capitalize(words(name));

/** Between two lines of what happened; short steps in their full length. */
export const stepDuration = (ms: number): string => (ms < 10_000 ? `${(ms / 1_000).toFixed(1)} s` : formatDuration(ms));
