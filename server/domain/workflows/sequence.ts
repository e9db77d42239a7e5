import { addDays, todayIn } from "../calendar-date.ts";
import type { WorkflowReason } from "./outcomes.ts";
import { slotsBetween } from "./schedule.ts";
import type { TemplateKey } from "./templates.ts";

/** The ready sequences; whoever fits two begins the first of them. */
export const SEQUENCES = ["no_show", "silent_lead", "new_lead", "win_back"] as const;
export type SequenceName = (typeof SEQUENCES)[number];

/** What a person may have done, or what may have become of them, since the sequence's cause. */
export const SEQUENCE_SIGNALS = ["opted_out", "agent_off", "replied", "booked", "paid", "joined", "visited", "left"] as const;
export type SequenceSignal = (typeof SEQUENCE_SIGNALS)[number];

export type SequenceExit = SequenceSignal | "switched_off" | "not_sent" | "too_late" | "step_removed";
export const exitReason = (exit: SequenceExit): WorkflowReason => `exit_${exit}`;

/** What ends each of them. An opt-out, a reply, a booking, a payment and Spotter's switch end all. */
const ALWAYS = ["opted_out", "agent_off", "replied", "booked", "paid"] as const;
export const EXITS: Readonly<Record<SequenceName, readonly SequenceSignal[]>> = {
  no_show: [...ALWAYS, "visited"],
  silent_lead: [...ALWAYS, "joined"],
  new_lead: [...ALWAYS, "joined"],
  win_back: [...ALWAYS, "visited", "left"],
};

export const STEP_CONDITIONS = ["always", "not_written", "owes_nothing"] as const;
export type StepCondition = (typeof STEP_CONDITIONS)[number];

/** Over which channel a step goes; `best` is the first of text, ClubOS and e-mail that leads to the person. */
export const STEP_CHANNELS = ["best", "sms", "clubos", "email"] as const;
export type StepChannel = (typeof STEP_CHANNELS)[number];

/** What a step says: a text of the library, or words of its own. */
type StepWords = { readonly templateKey: TemplateKey; readonly text: null } | { readonly templateKey: null; readonly text: string };

export type SequenceStep = StepWords & {
  /** Its name for good, from 0: whoever waits for it finds it again when others come, go, or change places with it. */
  readonly no: number;
  readonly channel: StepChannel;
  /** Days of the club's calendar since the step before, or since the person entered. */
  readonly afterDays: number;
  /** Where it does not hold the step is passed over. */
  readonly condition: StepCondition;
};

/** How somebody stands in a sequence. */
export type Progress =
  | { readonly status: "active"; readonly nextStep: number; readonly dueAt: Date }
  | { readonly status: "finished"; readonly nextStep: number }
  | { readonly status: "exited"; readonly nextStep: number; readonly exit: SequenceExit };

export type SequencePlan = { readonly name: SequenceName; readonly isOn: boolean; readonly steps: readonly SequenceStep[] };

/** The club's wall clock, and the minute of its day at which steps are due. */
export type SequenceClock = { readonly timeZone: string; readonly minuteOfDay: number };

/** What is known of one person at the moment of a look. */
export type SequenceSight = {
  readonly signals: ReadonlySet<SequenceSignal>;
  /** Conditions that hold. */
  readonly holds: ReadonlySet<StepCondition>;
  /** The step before is planned, and nobody knows its end. */
  readonly isStepRunning: boolean;
  /** A step of this enrolment was refused or failed. */
  readonly wasRefused: boolean;
  /** Steps of this enrolment that were begun: none of them comes again, wherever it stands by now. */
  readonly had: ReadonlySet<number>;
};

export type Move =
  | { readonly kind: "rest"; readonly reason: WorkflowReason }
  | { readonly kind: "exit"; readonly exit: SequenceExit }
  | { readonly kind: "pass" }
  | { readonly kind: "send"; readonly step: number; readonly said: Pick<SequenceStep, "channel" | "templateKey" | "text"> };

/** A step that could not go out for so long says something else than it did. */
export const STEP_LATE_HOURS = 72;
const HOUR_MS = 3_600_000;

/** Somebody enters: the first step stands. */
export const enter = (plan: SequencePlan, at: Date, clock: SequenceClock): Progress => standBefore(plan.steps[0], 0, { at, clock });

/** What is to be done now. An exit that holds comes before everything, so that no step follows it. */
export const nextMove = (plan: SequencePlan, progress: Progress, { now, ...sight }: SequenceSight & { readonly now: Date }): Move => {
  if (progress.status !== "active") {
    return { kind: "rest", reason: "step_passed" };
  }
  const exit = exitOf(plan, sight);
  if (exit !== null) {
    return { kind: "exit", exit };
  }
  if (progress.dueAt > now) {
    return { kind: "rest", reason: "enters_sequence" };
  }
  if (sight.isStepRunning) {
    return { kind: "rest", reason: "step_running" };
  }
  const step = plan.steps.find(({ no }) => no === progress.nextStep);
  if (step === undefined) {
    return { kind: "exit", exit: "step_removed" };
  }
  if (now.getTime() - progress.dueAt.getTime() > STEP_LATE_HOURS * HOUR_MS) {
    return { kind: "exit", exit: "too_late" };
  }
  return step.condition === "always" || sight.holds.has(step.condition) ? { kind: "send", step: step.no, said: step } : { kind: "pass" };
};

/** Why a sequence ends for somebody, whatever is due; null = it goes on. */
export const exitOf = (
  { isOn, name }: Pick<SequencePlan, "isOn" | "name">,
  { signals, wasRefused }: Pick<SequenceSight, "signals" | "wasRefused">,
): SequenceExit | null => {
  const signal = EXITS[name].find((each) => signals.has(each));
  if (signal !== undefined) {
    return signal;
  }
  if (!isOn) {
    return "switched_off";
  }
  return wasRefused ? "not_sent" : null;
};

type Done = Pick<SequenceSight, "had"> & { readonly step: number; readonly at: Date; readonly clock: SequenceClock };

/** A step was planned or passed over. Compare-and-set: whoever speaks of a step that is not the next one changes nothing. */
export const advance = (plan: SequencePlan, progress: Progress, { had, step, ...rest }: Done): Progress =>
  progress.status === "active" && progress.nextStep === step ? standBefore(stepAfter(plan, { had, step }), step + 1, rest) : progress;

/** The first one that stands behind it in the list and has not been had; none where it was taken out. */
const stepAfter = ({ steps }: SequencePlan, { had, step }: Pick<Done, "had" | "step">): SequenceStep | undefined => {
  const place = steps.findIndex(({ no }) => no === step);
  return place === -1 ? undefined : steps.slice(place + 1).find(({ no }) => !had.has(no));
};

/** It ends, once. */
export const leave = (progress: Progress, exit: SequenceExit): Progress =>
  progress.status === "active" ? { status: "exited", nextStep: progress.nextStep, exit } : progress;

/** @param past what stands where no step follows */
const standBefore = (step: SequenceStep | undefined, past: number, { at, clock }: Pick<Done, "at" | "clock">): Progress =>
  step === undefined
    ? { status: "finished", nextStep: past }
    : { status: "active", nextStep: step.no, dueAt: dueAfter(at, step.afterDays, clock) };

const DAY_MS = 86_400_000;

/** So many days of the club's calendar later, at its minute of the day, and never before the instant itself. */
export const dueAfter = (at: Date, days: number, { minuteOfDay, timeZone }: SequenceClock): Date => {
  const date = addDays(todayIn(timeZone, at), days);
  const noon = Date.parse(`${date}T12:00:00Z`);
  const span = { timeZone, after: new Date(noon - 2 * DAY_MS), until: new Date(noon + 2 * DAY_MS) };
  const slot = slotsBetween({ kind: "daily", minuteOfDay }, span).find(({ period }) => period.startsWith(date));
  return slot === undefined || slot.at < at ? at : slot.at;
};
