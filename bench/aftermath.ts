import { setTimeout as sleep } from "node:timers/promises";

import { BUILT_IN_POLICY } from "#server/domain/policy-defaults.ts";

import { DEMO_CLUBS } from "../prisma/demo.ts";
import type { AcceptedText, Evidence, Problem } from "./checker-input.ts";
import { PROBLEMS } from "./checker-input.ts";
import { pollUntil } from "./poll-until.ts";
import type { BenchDatabase, Left } from "./read-database.ts";
import { print } from "./report.ts";
import { openPhoneLog } from "./sandboxes.ts";

/** Nothing may come after everything seems settled: a late second send would. */
const QUIET_MS = 20_000;
const LOOK_EVERY_MS = 2_000;
/** Of each kind; the JSON holds all of them. */
const SHOWN_PROBLEM_COUNT = 5;

const CONNECTION_IDS = DEMO_CLUBS.map((club) => club.connections.openPhone);

type Settling = { readonly isSettled: boolean; readonly settledAfterMs: number; readonly openEventCount: number };

/** Events that were handed out and never finished are no failure: the outbox hands them out again after 15 minutes. */
export const settled = async (
  database: BenchDatabase,
  { openPhoneUrl, startedAtMs, withinMs }: { readonly openPhoneUrl: string; readonly startedAtMs: number; readonly withinMs: number },
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
    withinMs,
    everyMs: LOOK_EVERY_MS,
  });
  if (!isSettled) {
    print(`Not everything was settled after ${withinMs / 1_000} s.`);
  }
  const settledAfterMs = Date.now() - startedAtMs;
  await pollUntil(async () => (await look())?.openEventCount === 0, { withinMs: QUIET_MS, everyMs: LOOK_EVERY_MS });
  await sleep(QUIET_MS);
  return { isSettled, settledAfterMs, openEventCount: (await look())?.openEventCount ?? 0 };
};

const isDone = (left: Left | null, acceptedCount: number): boolean =>
  left !== null && left.messageCount >= acceptedCount && left.unprocessedCount + left.openEffectCount === 0;

const leftLine = ({ messageCount, unprocessedCount, openEffectCount, openEventCount }: Left, acceptedCount: number): string =>
  `${messageCount} of ${acceptedCount} messages stored, ${unprocessedCount} not yet processed, ${openEffectCount} sends open, ${openEventCount} events open`;

export const gather = async (database: BenchDatabase, openPhoneUrl: string): Promise<Evidence> => {
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

export const countsOf = ({ texts, sends, messages, effects }: Evidence) => ({
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

export const show = ({ counts, problems, settledAfterMs }: Findings): void => {
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
