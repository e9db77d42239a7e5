import { BUILT_IN_POLICY } from "#server/domain/policy-defaults.ts";

import { DEMO_CLUBS } from "../prisma/demo.ts";
import { withStack } from "./bench-stack.ts";
import {
  answeredMs,
  figuresOf,
  measure,
  printUnanswered,
  randomMoments,
  stageFigures,
  visibleMs,
  type Answer,
  type Planned,
} from "./latency.ts";
import { BARS, MESSAGE_COUNT } from "./limits.ts";
import { loadAverage } from "./machine.ts";
import { plainMembers, questionAt } from "./members.ts";
import { openInbox } from "./open-inbox.ts";
import { readDatabase, type BenchDatabase } from "./read-database.ts";
import { print, publish } from "./report.ts";
import { clubOsLog, textByClubOs } from "./sandboxes.ts";
import { warmUp } from "./warm-up.ts";

/** Far enough apart that each meets the poller at a moment of its own, over more than six minutes. */
const SLOT_MS = 8_700;
const WAIT_MS = 60_000;
const CLUB_SLUG = "ironwood-denver";
const MANAGER = "manager@ironwood.example";
const FORGET_EVERY_MS = 250;
/** What the idle pace of ClubOS (8 s) is longer than the active one (3 s). */
const IDLE_LONGER_MS = 5_000;

type Options = {
  readonly count?: number;
  /** Whether every poll goes by the idle pace, as for a club to which nobody has written for a while: the worst case. */
  readonly isIdle: boolean;
};

/** Text to open browser and text to answer through the polled inbox of ClubOS; true when both bars are kept. */
export const benchLatencyPoll = async ({ count = MESSAGE_COUNT, isIdle }: Options): Promise<boolean> => {
  const loadBefore = loadAverage();
  const club = DEMO_CLUBS.find(({ slug }) => slug === CLUB_SLUG);
  const connectionId = club?.connections.clubOs;
  if (club === undefined || connectionId == null) {
    throw new Error(`The demo has no club ${CLUB_SLUG} with ClubOS.`);
  }
  const members = plainMembers(club, count);
  return withStack(async (running) => {
    const database = readDatabase(running.ownerUrl);
    const url = `http://127.0.0.1:${running.info.ports.clubOs}`;
    const moments = randomMoments(count, SLOT_MS);
    const plan = members.map(({ clubOsId }, index): Planned => {
      const text = questionAt(index);
      return { text, afterMs: moments[index] ?? 0, send: () => textByClubOs(url, { club: club.slug, personExternalId: clubOsId, text }) };
    });
    await warmUp({ running, database });
    const inbox = await openInbox({
      appUrl: running.info.appUrl,
      email: MANAGER,
      clubSlug: club.slug,
      texts: plan.map(({ text }) => text),
    });
    const stopForgetting = isIdle ? keepIdle(database, connectionId) : () => undefined;
    try {
      print(
        `${count} messages by ${count} members in ${(count * SLOT_MS) / 1_000} s, ${isIdle ? "every poll at the idle pace" : "polls at the pace of an active club"}.`,
      );
      const textOf = new Map(members.map(({ clubOsId }, index) => [clubOsId, questionAt(index)]));
      const samples = await measure({
        plan,
        inbox,
        database,
        readAnswers: () => readAnswers(url, { textOf, clubSlug: club.slug }),
        waitMs: WAIT_MS,
      });
      printUnanswered(samples);
      const visible = { name: "text to painted in the open browser", valuesMs: samples.map(visibleMs), barMs: BARS.pollVisibleMs };
      const answered = { name: "text to answer on the phone", valuesMs: samples.map(answeredMs), barMs: BARS.pollAnsweredMs };
      const burstWindowMs = BUILT_IN_POLICY.burstWindowSeconds * 1_000;
      const figures = figuresOf([visible, answered, ...stageFigures(samples, burstWindowMs)]);
      const isPassed = figures.every(({ isKept }) => isKept !== false);
      publish({
        bench: `latency poll ${isIdle ? "idle" : "active"}`,
        isPassed,
        figures,
        loadBefore,
        details: { burstWindowMs, isIdle, samples },
      });
      return isPassed;
    } finally {
      stopForgetting();
      await inbox.close();
    }
  });
};

/** Returns how to stop. */
const keepIdle = (database: BenchDatabase, connectionId: string): (() => void) => {
  const timer = setInterval(
    () => void database.forgetActivity({ connectionId, longerMs: IDLE_LONGER_MS }).catch(() => undefined),
    FORGET_EVERY_MS,
  );
  return () => clearInterval(timer);
};

type Lookup = { readonly textOf: ReadonlyMap<string, string>; readonly clubSlug: string };

/** The staff site shows a text on the phone as soon as it has accepted it. */
const readAnswers = async (url: string, { textOf, clubSlug }: Lookup): Promise<ReadonlyMap<string, Answer>> => {
  const answers = new Map<string, Answer>();
  for (const fact of await clubOsLog(url)) {
    const text =
      fact.kind === "message" && fact.direction === "outbound" && fact.club === clubSlug ? textOf.get(fact.personId ?? "") : undefined;
    if (text !== undefined && !answers.has(text)) {
      const atMs = fact.at.getTime();
      answers.set(text, { acceptedAtMs: atMs, deliveredAtMs: atMs });
    }
  }
  return answers;
};
