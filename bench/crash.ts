import { setTimeout as sleep } from "node:timers/promises";

import { DEMO_CLUBS } from "../prisma/demo.ts";
import { countsOf, gather, settled, show } from "./aftermath.ts";
import type { RunningStack } from "./bench-stack.ts";
import { withStack } from "./bench-stack.ts";
import { planBurst, type PlannedText } from "./burst.ts";
import { findProblems } from "./checker.ts";
import { BURST_COUNT } from "./limits.ts";
import { loadAverage } from "./machine.ts";
import { readDatabase } from "./read-database.ts";
import { print, publish } from "./report.ts";
import { loseAnswers, textByOpenPhone } from "./sandboxes.ts";
import { warmUp } from "./warm-up.ts";

export const CRASH_TARGETS = ["web", "executor", "postgres"] as const;
export type CrashTarget = (typeof CRASH_TARGETS)[number];

/** Twenty messages a second over all clubs. */
const BURST_MS = 10_000;
/** An interrupted send is unknown after 25 s, read back twice 30 s apart, and may be sent once more after that. */
const SETTLED_WITHIN_MS = 240_000;
/** Then messages still come in, the first answers are on their way, and most runs wait for the end of their burst. */
const KILL_AFTER_MS = 6_000;
/** Sends the vendor takes without answering in time: some of them hang in the very moment of the crash. */
const LOST_ANSWERS = { ratio: 0.3, hangMs: 2_000 };

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
    const { isSettled, settledAfterMs, openEventCount } = await settled(database, {
      openPhoneUrl,
      startedAtMs,
      withinMs: SETTLED_WITHIN_MS,
    });
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
