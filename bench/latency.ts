import { setTimeout as sleep } from "node:timers/promises";

import { createRandom } from "#local/vendors/random.ts";

import type { Measured } from "./figures.ts";
import { figureOf } from "./figures.ts";
import type { OpenInbox } from "./open-inbox.ts";
import { pollUntil } from "./poll-until.ts";
import type { BenchDatabase, StageRow } from "./read-database.ts";
import { print } from "./report.ts";

/** One text that will be sent, by a member who writes no other. */
export type Planned = { readonly text: string; readonly afterMs: number; readonly send: () => Promise<void> };

/** When the vendor took the answer to a text, and when it was on the phone (for a vendor that does not tell: the same). */
export type Answer = { readonly acceptedAtMs: number; readonly deliveredAtMs: number | null };

export type Sample = {
  readonly text: string;
  readonly sentAtMs: number;
  readonly paintedAtMs: number | null;
  readonly answer: Answer | null;
  readonly stage: StageRow | null;
};

type Run = {
  readonly plan: readonly Planned[];
  readonly inbox: OpenInbox;
  readonly database: BenchDatabase;
  /** Answers so far, by the text they answer. */
  readonly readAnswers: () => Promise<ReadonlyMap<string, Answer>>;
  /** After the last text. */
  readonly waitMs: number;
};

/** Sends every text at its time, whatever became of those before, then collects what happened to each. */
export const measure = async ({ plan, inbox, database, readAnswers, waitMs }: Run): Promise<readonly Sample[]> => {
  const sentAtMs = new Map<string, number>();
  await Promise.all(
    plan.map(async ({ text, afterMs, send }) => {
      await sleep(afterMs);
      sentAtMs.set(text, Date.now());
      await send();
    }),
  );
  await pollUntil(
    async () => [...(await readAnswers()).values()].filter(({ deliveredAtMs }) => deliveredAtMs !== null).length >= plan.length,
    { withinMs: waitMs },
  );
  const painted = await inbox.paintedAtMs();
  const answers = await readAnswers();
  const stages = new Map((await database.stages(plan.map(({ text }) => text))).map((stage) => [stage.body, stage]));
  return plan.map(({ text }) => ({
    text,
    sentAtMs: sentAtMs.get(text) ?? 0,
    paintedAtMs: painted.get(text) ?? null,
    answer: answers.get(text) ?? null,
    stage: stages.get(text) ?? null,
  }));
};

/** One text in each slot, at a random moment of it: never in step with a poll. The same moments in every run. */
export const randomMoments = (count: number, slotMs: number): readonly number[] => {
  const random = createRandom(`bench/${count}/${slotMs}`);
  return Array.from({ length: count }, (_, index) => Math.round((index + random()) * slotMs));
};

export const visibleMs = ({ paintedAtMs, sentAtMs }: Sample): number | null => (paintedAtMs === null ? null : paintedAtMs - sentAtMs);
export const answeredMs = ({ answer, sentAtMs }: Sample): number | null =>
  answer?.deliveredAtMs == null ? null : answer.deliveredAtMs - sentAtMs;

/** Where the time went, by our own clock and the vendor's log: no promise, but the first thing to look at after a miss. */
export const stageFigures = (samples: readonly Sample[], burstWindowMs: number): readonly Measured[] => {
  const between = (from: (sample: Sample) => number | null | undefined, to: (sample: Sample) => number | null | undefined) =>
    samples.map((sample) => {
      const [start, end] = [from(sample), to(sample)];
      return start == null || end == null ? null : end - start;
    });
  const stored = ({ stage }: Sample) => stage?.receivedAt.getTime();
  const claimed = ({ stage }: Sample) => stage?.startedAt?.getTime();
  const decided = ({ stage }: Sample) => stage?.finishedAt?.getTime();
  const dispatched = ({ stage }: Sample) => stage?.dispatchedAt?.getTime();
  const measured = (name: string, valuesMs: readonly (number | null)[]): Measured => ({ name: `  of it: ${name}`, valuesMs, barMs: null });
  return [
    measured(
      "text to stored",
      between(({ sentAtMs }) => sentAtMs, stored),
    ),
    measured(
      "stored to painted",
      between(stored, ({ paintedAtMs }) => paintedAtMs),
    ),
    measured(
      "burst window's end to claimed",
      between(stored, claimed).map((ms) => (ms === null ? null : ms - burstWindowMs)),
    ),
    measured("claimed to decided", between(claimed, decided)),
    measured("decided to dispatched", between(decided, dispatched)),
    measured(
      "dispatched to accepted by the vendor",
      between(dispatched, ({ answer }) => answer?.acceptedAtMs),
    ),
    measured(
      "accepted to delivered",
      between(
        ({ answer }) => answer?.acceptedAtMs,
        ({ answer }) => answer?.deliveredAtMs,
      ),
    ),
  ];
};

/** A text that got no answer is a miss of the bench's own questions, or of Spotter: the reasons tell. */
export const printUnanswered = (samples: readonly Sample[]): void => {
  for (const { text, stage, answer } of samples) {
    if (answer === null) {
      print(
        `No answer to "${text}": ${stage === null ? "not stored" : `${stage.agentOutcome ?? "not processed"} ${JSON.stringify(stage.reasons)}`}`,
      );
    }
  }
};

export const figuresOf = (measured: readonly Measured[]) => measured.map(figureOf);
