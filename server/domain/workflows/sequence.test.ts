import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { DEFAULT_SEQUENCE_SETTINGS, planOf, SequenceSettings } from "./ready-sequences.ts";
import {
  advance,
  dueAfter,
  enter,
  EXITS,
  leave,
  nextMove,
  SEQUENCE_SIGNALS,
  SEQUENCES,
  STEP_LATE_HOURS,
  type Progress,
  type SequenceExit,
  type SequenceSight,
  type SequenceSignal,
  type StepCondition,
} from "./sequence.ts";

const HOUR_MS = 3_600_000;
const ZONES = ["America/Denver", "America/New_York", "America/Phoenix", "Europe/Berlin", "Pacific/Auckland", "America/St_Johns"] as const;
const anyZone = fc.constantFrom(...ZONES);
/** Two years, every clock change of them included. */
const anyInstant = fc.integer({ min: 0, max: 2 * 366 * 24 * 60 }).map((minutes) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000));

/** What a clock on the wall shows, by the runtime's own tables. */
const wall = (at: Date, timeZone: string): { readonly day: number; readonly minute: number } => {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  }).formatToParts(at);
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? Number.NaN);
  return { day: Date.UTC(read("year"), read("month") - 1, read("day")) / 86_400_000, minute: read("hour") * 60 + read("minute") };
};

describe("waits", () => {
  test("end so many days of the club's calendar later at its minute of the day, over every clock change, and never before they began", () => {
    fc.assert(
      fc.property(anyInstant, anyZone, fc.nat(180), fc.integer({ min: 540, max: 1_140 }), (at, timeZone, days, minuteOfDay) => {
        const due = dueAfter(at, days, { timeZone, minuteOfDay });
        const [from, to] = [wall(at, timeZone), wall(due, timeZone)];
        expect(to.day - from.day).toBe(days);
        expect(to.minute).toBe(days === 0 ? Math.max(from.minute, minuteOfDay) : minuteOfDay);
        expect(due.getTime()).toBeGreaterThanOrEqual(at.getTime());
      }),
      { numRuns: 3_000 },
    );
  });
});

type Op =
  | { readonly kind: "hours"; readonly count: number }
  | { readonly kind: "signal"; readonly signal: SequenceSignal }
  | { readonly kind: "plan" }
  | { readonly kind: "act"; readonly plan: number; readonly runs: boolean }
  | { readonly kind: "ended" }
  | { readonly kind: "refused" }
  | { readonly kind: "off" }
  | { readonly kind: "holds"; readonly holds: readonly StepCondition[] };

const anyOp: fc.Arbitrary<Op> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("hours" as const), count: fc.integer({ min: 1, max: 96 }) }) },
  { weight: 8, arbitrary: fc.constant({ kind: "plan" as const }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("act" as const), plan: fc.nat(5), runs: fc.boolean() }) },
  { weight: 3, arbitrary: fc.constant({ kind: "ended" as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("signal" as const), signal: fc.constantFrom(...SEQUENCE_SIGNALS) }) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: "refused" as const }, { kind: "off" as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("holds" as const), holds: fc.subarray(["not_written", "owes_nothing"] as StepCondition[]) }),
  },
);

type Sent = { readonly step: number; readonly at: Date; readonly wasRunning: boolean; readonly mustBeSilent: boolean };

/** Plans lie around and are acted on late, twice and in any order, while things happen to the person: as two workers and a night would have it. */
const play = (name: (typeof SEQUENCES)[number], ops: readonly Op[], start: Date, timeZone: string) => {
  const clock = { timeZone, minuteOfDay: DEFAULT_SEQUENCE_SETTINGS.sendsAtMinute };
  const on = planOf(name, DEFAULT_SEQUENCE_SETTINGS);
  let plan = on;
  let now = start;
  let progress: Progress = enter(plan, now, clock);
  let running = false;
  let refused = false;
  let holds = new Set<StepCondition>(["not_written", "owes_nothing"]);
  const signals = new Set<SequenceSignal>();
  const planned: number[] = [];
  const passedOrSent: number[] = [];
  const sent: Sent[] = [];
  const had = (): ReadonlySet<number> => new Set(sent.map(({ step }) => step));
  const sight = (): SequenceSight & { now: Date } => ({ signals, holds, isStepRunning: running, wasRefused: refused, had: had(), now });
  const step = (wanted: number | null, runs: boolean): void => {
    const move = nextMove(plan, progress, sight());
    if (move.kind === "exit") {
      progress = leave(progress, move.exit);
    } else if (move.kind === "pass" || (move.kind === "send" && wanted === move.step)) {
      passedOrSent.push(progress.nextStep);
      if (move.kind === "send") {
        const mustBeSilent = EXITS[name].some((signal) => signals.has(signal)) || refused || !plan.isOn;
        sent.push({ step: move.step, at: now, wasRunning: running, mustBeSilent });
        running = runs;
      }
      progress = advance(plan, progress, { step: progress.nextStep, had: had(), at: now, clock });
    }
  };
  for (const op of ops) {
    switch (op.kind) {
      case "hours":
        now = new Date(now.getTime() + op.count * HOUR_MS);
        break;
      case "signal":
        signals.add(op.signal);
        break;
      case "plan": {
        const move = nextMove(plan, progress, sight());
        planned.push(...(move.kind === "send" ? [move.step] : []));
        step(null, false);
        break;
      }
      case "act": {
        const wanted = planned[op.plan];
        if (wanted !== undefined) {
          step(wanted, op.runs);
        }
        break;
      }
      case "ended":
        running = false;
        break;
      case "refused":
        refused = true;
        break;
      case "off":
        plan = { ...on, isOn: false };
        break;
      case "holds":
        holds = new Set(op.holds);
        break;
    }
  }
  return { sent, passedOrSent, progress, plan };
};

describe("a sequence, whatever happens in whatever order", () => {
  test("sends each step at most once, in order, one at a time, its days apart, and none once something ended it", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SEQUENCES),
        fc.array(anyOp, { minLength: 5, maxLength: 60 }),
        anyInstant,
        anyZone,
        (name, ops, start, timeZone) => {
          const { passedOrSent, plan, sent } = play(name, ops, start, timeZone);
          expect(passedOrSent).toEqual(passedOrSent.map((_, index) => index));
          for (const [index, one] of sent.entries()) {
            expect(one).toMatchObject({ wasRunning: false, mustBeSilent: false });
            const before = sent[index - 1];
            if (before !== undefined) {
              expect(one.step).toBeGreaterThan(before.step);
              const days = wall(one.at, timeZone).day - wall(before.at, timeZone).day;
              expect(days).toBeGreaterThanOrEqual(plan.steps[one.step]?.afterDays ?? 0);
            }
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test("left to itself it sends every step whose condition holds, and ends", () => {
    const ops = Array.from({ length: 60 * 24 }, (): readonly Op[] => [
      { kind: "hours", count: 1 },
      { kind: "plan" },
      { kind: "act", plan: 0, runs: false },
      { kind: "act", plan: 1, runs: false },
      { kind: "act", plan: 2, runs: false },
    ]).flat();
    for (const name of SEQUENCES) {
      const { plan, progress, sent } = play(name, ops, new Date("2026-03-06T17:00:00Z"), "America/Denver");
      expect(sent.map(({ step }) => step)).toEqual(plan.steps.map((_, index) => index));
      expect(progress.status).toBe("finished");
    }
  });

  test("an end is an end: nothing moves whoever has left or finished", () => {
    const plan = planOf("new_lead", DEFAULT_SEQUENCE_SETTINGS);
    const clock = { timeZone: "America/Denver", minuteOfDay: 600 };
    const anyEnd: fc.Arbitrary<Progress> = fc.oneof(
      fc.record({
        status: fc.constant("exited" as const),
        nextStep: fc.nat(2),
        exit: fc.constantFrom<SequenceExit>("replied", "too_late"),
      }),
      fc.record({ status: fc.constant("finished" as const), nextStep: fc.constant(3) }),
    );
    fc.assert(
      fc.property(anyEnd, anyInstant, fc.nat(3), (end, at, step) => {
        const sight = {
          signals: new Set<SequenceSignal>(["replied"]),
          holds: new Set<StepCondition>(),
          isStepRunning: false,
          wasRefused: true,
          had: new Set<number>(),
          now: at,
        };
        expect(nextMove(plan, end, sight)).toMatchObject({ kind: "rest" });
        expect(advance(plan, end, { step, had: new Set(), at, clock })).toBe(end);
        expect(leave(end, "booked")).toBe(end);
      }),
    );
  });
});

describe("what ends a sequence", () => {
  const start = new Date("2026-11-23T18:00:00Z");
  const clock = { timeZone: "America/Denver", minuteOfDay: 600 };
  const quiet: SequenceSight = {
    signals: new Set(),
    holds: new Set(["not_written", "owes_nothing"]),
    isStepRunning: false,
    wasRefused: false,
    had: new Set(),
  };

  test.each(SEQUENCES.flatMap((name) => SEQUENCE_SIGNALS.map((signal) => [name, signal] as const)))("%s and %s", (name, signal) => {
    const plan = planOf(name, DEFAULT_SEQUENCE_SETTINGS);
    const always = ["opted_out", "agent_off", "replied", "booked", "paid"];
    const own = { no_show: ["visited"], silent_lead: ["joined"], new_lead: ["joined"], win_back: ["visited", "left"] }[name];
    const move = nextMove(plan, enter(plan, start, clock), { ...quiet, signals: new Set([signal]), now: start });
    expect(move).toEqual(
      [...always, ...own].includes(signal) ? { kind: "exit", exit: signal } : expect.objectContaining({ kind: "send", step: 0 }),
    );
  });

  test("a step that could not go out for three days ends it, a moment earlier it goes", () => {
    const plan = planOf("no_show", DEFAULT_SEQUENCE_SETTINGS);
    const after = (ms: number) => nextMove(plan, enter(plan, start, clock), { ...quiet, now: new Date(start.getTime() + ms) });
    expect(after(STEP_LATE_HOURS * HOUR_MS)).toMatchObject({ kind: "send" });
    expect(after(STEP_LATE_HOURS * HOUR_MS + 1)).toEqual({ kind: "exit", exit: "too_late" });
  });

  test("a step for somebody else is passed over, and a running one holds the next", () => {
    const plan = planOf("new_lead", DEFAULT_SEQUENCE_SETTINGS);
    const progress = enter(plan, start, clock);
    expect(nextMove(plan, progress, { ...quiet, holds: new Set(), now: start })).toEqual({ kind: "pass" });
    expect(nextMove(plan, progress, { ...quiet, isStepRunning: true, now: start })).toEqual({ kind: "rest", reason: "step_running" });
    expect(nextMove({ ...plan, isOn: false }, progress, { ...quiet, now: start })).toEqual({ kind: "exit", exit: "switched_off" });
  });
});

test("the default settings are settings", () => {
  expect(SequenceSettings.parse(DEFAULT_SEQUENCE_SETTINGS)).toEqual(DEFAULT_SEQUENCE_SETTINGS);
});

describe("steps that are changed while people wait for them", () => {
  const clock = { timeZone: "America/Denver", minuteOfDay: 600 };
  const start = new Date("2026-11-23T18:00:00Z");
  const plan = planOf("new_lead", DEFAULT_SEQUENCE_SETTINGS);
  const late = new Date(start.getTime() + 2 * 24 * HOUR_MS);
  const quiet: SequenceSight = {
    signals: new Set(),
    holds: new Set(["not_written"]),
    isStepRunning: false,
    wasRefused: false,
    had: new Set([0]),
  };
  const { had } = quiet;
  const second = advance(plan, enter(plan, start, clock), { step: 0, had, at: start, clock });

  test("whoever waits for a step that is there still gets it; whoever waits for one that is not, leaves", () => {
    const without = (no: number) => ({ ...plan, steps: plan.steps.filter((step) => step.no !== no) });
    expect(nextMove(without(0), second, { ...quiet, now: late })).toMatchObject({ kind: "send", step: 1 });
    expect(nextMove(without(1), second, { ...quiet, now: late })).toEqual({ kind: "exit", exit: "step_removed" });
    expect(advance(without(2), second, { step: 1, had, at: late, clock })).toMatchObject({ status: "finished" });
  });

  test("steps that change places: whoever is on the way goes on from the one they wait for, and gets none twice", () => {
    const inOrder = (...numbers: readonly number[]): typeof plan => ({
      ...plan,
      steps: numbers.flatMap((no) => plan.steps.filter((step) => step.no === no)),
    });
    const moved = inOrder(1, 0, 2);
    expect(nextMove(moved, second, { ...quiet, now: late })).toMatchObject({ kind: "send", step: 1 });
    expect(advance(moved, second, { step: 1, had, at: late, clock })).toMatchObject({ status: "active", nextStep: 2 });
    expect(advance(inOrder(2, 0, 1), second, { step: 1, had, at: late, clock })).toMatchObject({ status: "finished" });
    expect(enter(moved, start, clock)).toMatchObject({ nextStep: 1 });
  });

  test("in any order, changed at any time, nobody gets a step twice and the sequence ends", () => {
    const anyOrder = fc.shuffledSubarray([0, 1, 2], { minLength: 1 });
    fc.assert(
      fc.property(fc.array(anyOrder, { minLength: 1, maxLength: 8 }), (orders) => {
        const planIn = (round: number): typeof plan => ({
          ...plan,
          steps: (orders[Math.min(round, orders.length - 1)] ?? []).flatMap((no) => plan.steps.filter((step) => step.no === no)),
        });
        const got: number[] = [];
        let progress: Progress = enter(planIn(0), start, clock);
        for (let round = 0; progress.status === "active" && round < 20; round += 1) {
          const sight = { ...quiet, had: new Set(got), now: progress.dueAt };
          const move = nextMove(planIn(round), progress, sight);
          progress =
            move.kind === "exit"
              ? leave(progress, move.exit)
              : advance(planIn(round), progress, { step: progress.nextStep, had: sight.had, at: progress.dueAt, clock });
          got.push(...(move.kind === "send" ? [move.step] : []));
        }
        expect(progress.status).not.toBe("active");
        expect(new Set(got).size).toBe(got.length);
      }),
    );
  });

  test("a step at the end is met by whoever has not finished", () => {
    const longer: typeof plan = {
      ...plan,
      steps: [
        ...plan.steps,
        { no: 7, afterDays: 4, condition: "always", channel: "email", templateKey: null, text: "{{club_name}} says hello." },
      ],
    };
    const third = advance(longer, second, { step: 1, had, at: late, clock });
    expect(advance(longer, third, { step: 2, had, at: late, clock })).toMatchObject({ status: "active", nextStep: 7 });
  });

  test.each([
    ["no step", []],
    ["two of one name", [0, 0]],
  ])("settings with %s are none", (_what, numbers) => {
    const [first] = DEFAULT_SEQUENCE_SETTINGS.no_show.steps;
    const steps = numbers.map((no, index) => ({ ...first, no, afterDays: index }));
    expect(
      SequenceSettings.safeParse({ ...DEFAULT_SEQUENCE_SETTINGS, no_show: { ...DEFAULT_SEQUENCE_SETTINGS.no_show, steps } }).success,
    ).toBe(false);
  });

  test("words of its own are checked like any text", () => {
    const withText = (text: string) => {
      const step = { no: 0, afterDays: 0, condition: "always", channel: "sms", templateKey: null, text };
      return SequenceSettings.safeParse({ ...DEFAULT_SEQUENCE_SETTINGS, no_show: { ...DEFAULT_SEQUENCE_SETTINGS.no_show, steps: [step] } })
        .success;
    };
    expect(withText("Hi {{first_name}}, {{club_name}} has missed you today.")).toBe(true);
    expect(withText("Hi {{first_name}}, you owe {{amount}} to {{club_name}}.")).toBe(false);
    expect(withText("Hi {{first_name}}, we have missed you today.")).toBe(false);
  });
});
