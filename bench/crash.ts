import { setTimeout as sleep } from "node:timers/promises";

import { BUILT_IN_POLICY } from "#server/domain/policy-defaults.ts";

import { DEMO_CLUBS } from "../prisma/demo.ts";
import type { RunningStack } from "./bench-stack.ts";
import { withStack } from "./bench-stack.ts";
import { planBurst, type PlannedText } from "./burst.ts";
import { findProblems } from "./checker.ts";
import type { AcceptedText, Evidence, Problem } from "./checker-input.ts";
import { PROBLEMS } from "./checker-input.ts";
import { BURST_COUNT } from "./limits.ts";
import { loadAverage } from "./machine.ts";
import { pollUntil } from "./poll-until.ts";
import { readDatabase, type BenchDatabase, type Left } from "./read-database.ts";
import { print, publish } from "./report.ts";
import { loseAnswers, openPhoneLog, textByOpenPhone } from "./sandboxes.ts";
import { warmUp } from "./warm-up.ts";

export const CRASH_TARGETS = ["web", "executor", "postgres"] as const;
export type CrashTarget = (typeof CRASH_TARGETS)[number];

/** Twenty messages a second over all clubs. */
const BURST_MS = 10_000;
/** Then messages still come in, the first answers are on their way, and most runs wait for the end of their burst. */
const KILL_AFTER_MS = 6_000;
/** Sends the vendor takes without answering in time: some of them hang in the very moment of the crash. */
const LOST_ANSWERS = { ratio: 0.3, hangMs: 2_000 };
/** An interrupted send is unknown after 25 s, read back twice 30 s apart, and may be sent once more after that. */
const SETTLED_WITHIN_MS = 240_000;
/** Nothing may come after everything seems settled: a late second send would. */
const QUIET_MS = 20_000;
const LOOK_EVERY_MS = 2_000;
/** Of each kind; the JSON holds all of them. */
const SHOWN_PROBLEM_COUNT = 5;

const CONNECTION_IDS = DEMO_CLUBS.map((club) => club.connections.openPhone);

/** `kill -9` of one process in the middle of a burst; true when nothing was lost, doubled or left in the dark. */
export const benchCrash = async (
  target: CrashTarget,
  { count = BURST_COUNT, killAfterMs = KILL_AFTER_MS }: { readonly count?: number; readonly killAfterMs?: number },
): Promise<boolean> => {
  const loadBefore = loadAverage();
  print(
    `\nCrash of ${target}: ${count} messages by members of ${DEMO_CLUBS.length} clubs in ${BURST_MS / 1_000} s, kill -9 of ${target} after ${killAfterMs / 1_000} s; ${LOST_ANSWERS.ratio * 100} % of sends get an error though they went out.`,
  );
  return withStack(async (running) => {
    const database = readDatabase(running.ownerUrl);
    const openPhoneUrl = `http://127.0.0.1:${running.info.ports.openPhone}`;
    await warmUp({ running, database });
    await loseAnswers(openPhoneUrl, LOST_ANSWERS);
    const startedAtMs = Date.now();
    await sendAndKill(running, { plan: planBurst(DEMO_CLUBS, { count, overMs: BURST_MS }), openPhoneUrl, target, killAfterMs });
    const { isSettled, settledAfterMs, openEventCount } = await settled(database, { openPhoneUrl, startedAtMs });
    await sleep(QUIET_MS);
    const evidence = await gather(database, openPhoneUrl);
    const problems = findProblems(evidence);
    const counts = { ...countsOf(evidence), openEventCount };
    show({ counts, problems, settledAfterMs });
    const isPassed = isSettled && problems.length === 0;
    publish({
      bench: `crash ${target}`,
      isPassed,
      figures: [],
      loadBefore,
      details: { target, count, killAfterMs, isSettled, settledAfterMs, counts, problems },
    });
    return isPassed;
  });
};

type Attack = {
  readonly plan: readonly PlannedText[];
  readonly openPhoneUrl: string;
  readonly target: CrashTarget;
  readonly killAfterMs: number;
};

const sendAndKill = async ({ stack }: RunningStack, { plan, openPhoneUrl, target, killAfterMs }: Attack): Promise<void> => {
  const kill = async (): Promise<void> => {
    await sleep(killAfterMs);
    const pid = stack.pidOf(target);
    stack.kill(target, "SIGKILL");
    print(`kill -9 of ${target} (process ${pid})`);
  };
  const texts = plan.map(async ({ club, from, text, afterMs }) => {
    await sleep(afterMs);
    await textByOpenPhone(openPhoneUrl, { from, toClub: club.slug, text });
  });
  await Promise.all([...texts, kill()]);
};

type Settling = { readonly isSettled: boolean; readonly settledAfterMs: number; readonly openEventCount: number };

/** Events that were handed out and never finished are no failure: the outbox hands them out again after 15 minutes. */
const settled = async (
  database: BenchDatabase,
  { openPhoneUrl, startedAtMs }: { readonly openPhoneUrl: string; readonly startedAtMs: number },
): Promise<Settling> => {
  const entries = await openPhoneLog(openPhoneUrl);
  const acceptedCount = entries.filter((entry) => entry.kind === "message" && entry.message.direction === "incoming").length;
  let shown = "";
  const look = async (): Promise<Left | null> => {
    const left = await database.left(CONNECTION_IDS);
    const line = left === null ? "" : leftLine(left, acceptedCount);
    if (line !== shown) {
      shown = line;
      print(`[${`${Math.round((Date.now() - startedAtMs) / 1_000)}`.padStart(3)} s] ${line}`);
    }
    return left;
  };
  const isSettled = await pollUntil(async () => isDone(await look(), acceptedCount), {
    withinMs: SETTLED_WITHIN_MS,
    everyMs: LOOK_EVERY_MS,
  });
  if (!isSettled) {
    print(`Not everything was settled after ${SETTLED_WITHIN_MS / 1_000} s.`);
  }
  const settledAfterMs = Date.now() - startedAtMs;
  await pollUntil(async () => (await look())?.openEventCount === 0, { withinMs: QUIET_MS, everyMs: LOOK_EVERY_MS });
  return { isSettled, settledAfterMs, openEventCount: (await look())?.openEventCount ?? 0 };
};

const isDone = (left: Left | null, acceptedCount: number): boolean =>
  left !== null && left.messageCount >= acceptedCount && left.unprocessedCount + left.openEffectCount === 0;

const leftLine = ({ messageCount, unprocessedCount, openEffectCount, openEventCount }: Left, acceptedCount: number): string =>
  `${messageCount} of ${acceptedCount} messages stored, ${unprocessedCount} not yet processed, ${openEffectCount} sends open, ${openEventCount} events open`;

const gather = async (database: BenchDatabase, openPhoneUrl: string): Promise<Evidence> => {
  const connectionOf = new Map(DEMO_CLUBS.map((club) => [club.openPhone.phoneNumberId, club.connections.openPhone]));
  const entries = await openPhoneLog(openPhoneUrl);
  const accepted = entries.flatMap((entry) => (entry.kind === "message" ? [entry.message] : []));
  const textOf = ({ id, phoneNumberId, direction, from, to, text, createdAt }: (typeof accepted)[number]): AcceptedText => ({
    id,
    connectionId: connectionOf.get(phoneNumberId) ?? phoneNumberId,
    member: direction === "incoming" ? from : (to[0] ?? ""),
    text,
    at: createdAt,
  });
  return {
    texts: accepted.filter(({ direction }) => direction === "incoming").map(textOf),
    sends: accepted.filter(({ source }) => source === "api").map(textOf),
    messages: await database.messages(CONNECTION_IDS),
    effects: await database.effects(CONNECTION_IDS),
    burstWindowMs: BUILT_IN_POLICY.burstWindowSeconds * 1_000,
  };
};

const countsOf = ({ texts, sends, messages, effects }: Evidence) => ({
  textsAccepted: texts.length,
  rows: messages.length,
  sendsAccepted: sends.length,
  membersWritten: new Set(texts.map(({ member }) => member)).size,
  membersAnswered: new Set(sends.map(({ member }) => member)).size,
  outcomes: tally(messages.map(({ agentOutcome }) => agentOutcome ?? "none")),
  effects: tally(effects.map(({ status }) => status)),
  /** Sends whose outcome was unknown for a while, and those that a card told of. */
  effectsUnknown: effects.filter(({ wasUnknown }) => wasUnknown).length,
  effectsShown: effects.filter(({ wasShown }) => wasShown).length,
});

const tally = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]));

type Findings = {
  readonly counts: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
  readonly settledAfterMs: number;
};

const show = ({ counts, problems, settledAfterMs }: Findings): void => {
  print(`Settled ${Math.round(settledAfterMs / 1_000)} s after the first message.`);
  for (const [name, value] of Object.entries(counts)) {
    print(`  ${name}: ${typeof value === "number" ? value : JSON.stringify(value)}`);
  }
  const byKind = Map.groupBy(problems, ({ kind }) => kind);
  for (const [kind, words] of Object.entries(PROBLEMS)) {
    const found = [...byKind].find(([other]) => other === kind)?.[1] ?? [];
    print(`  ${kind.padEnd(20)} ${`${found.length}`.padStart(4)}  ${words}`);
    found.slice(0, SHOWN_PROBLEM_COUNT).forEach(({ detail }) => print(`      ${detail}`));
  }
};
