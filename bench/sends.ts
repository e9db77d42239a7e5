import { chromium, type Page } from "@playwright/test";

import { findBrowser } from "#local/start/find-browser.ts";

import { DEMO_CLUBS, type DemoClub } from "../prisma/demo.ts";
import { countsOf, gather, settled, show } from "./aftermath.ts";
import { withStack } from "./bench-stack.ts";
import { mutate } from "./call-api.ts";
import type { ProblemKind } from "./checker-input.ts";
import { findProblems } from "./checker.ts";
import { SEND_COUNT } from "./limits.ts";
import { loadAverage } from "./machine.ts";
import { plainMembers } from "./members.ts";
import { signIn } from "./open-inbox.ts";
import { pollUntil } from "./poll-until.ts";
import { readDatabase, type BenchDatabase } from "./read-database.ts";
import { print, publish } from "./report.ts";
import { loseAnswersOfSends, openPhoneLog, textByOpenPhone } from "./sandboxes.ts";
import { warmUp } from "./warm-up.ts";

/** Sends that the vendor takes and answers with an error. */
const LOST_RATIO = 0.2;
/** Of the vendor's own reports of those sends, which would settle them at once: half never come. */
const LOST_REPORT_RATIO = 0.5;
const MEMBERS_PER_CLUB = 20;
/** As many people of one club press "send" at the same time. */
const HANDS_PER_CLUB = 2;
const STORED_WITHIN_MS = 60_000;
/** The read-backs of some 400 unknown sends, a few hundred a minute, and the pause between two of one send. */
const SETTLED_WITHIN_MS = 600_000;

/**
 * Right in this bench and nowhere else: the stop holds the agent back, so that what members wrote has no answer of its
 * own, and staff write many replies to one message, each with words of its own.
 */
const EXPECTED: ReadonlySet<ProblemKind> = new Set<ProblemKind>(["unanswered_burst", "unprocessed_message", "extra_answer"]);

const OWNERS = { ironwood: "owner@ironwood.example", fairway: "owner@fairway.example" } as const;

/** Replies of staff while the vendor answers one in five with an error after it took it; true when none came twice or stayed in the dark. */
export const benchSends = async ({ count = SEND_COUNT }: { readonly count?: number }): Promise<boolean> => {
  const loadBefore = loadAverage();
  print(
    `\n${count} replies of staff in ${DEMO_CLUBS.length} clubs; ${LOST_RATIO * 100} % get an error though they went out, and of half of these the vendor never reports the delivery.`,
  );
  return withStack(async (running) => {
    const database = readDatabase(running.ownerUrl);
    const openPhoneUrl = `http://127.0.0.1:${running.info.ports.openPhone}`;
    const appUrl = running.info.appUrl;
    await warmUp({ running, database });
    const browser = await chromium.launch({
      executablePath: findBrowser(),
      args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    });
    try {
      const desks = new Map([
        ["ironwood", await signIn(browser, { appUrl, email: OWNERS.ironwood })],
        ["fairway", await signIn(browser, { appUrl, email: OWNERS.fairway })],
      ]);
      const deskOf = (club: DemoClub): Page => desks.get(club.slug.split("-")[0] ?? "") ?? fail(club);
      for (const club of DEMO_CLUBS) {
        await mutate(deskOf(club), { procedure: "emergencyStop.set", input: { clubId: club.id, reason: "the bench sends by hand" } });
      }
      await openConversations(database, openPhoneUrl);
      await loseAnswersOfSends(openPhoneUrl, { ratio: LOST_RATIO, reportRatio: LOST_REPORT_RATIO });
      const startedAtMs = Date.now();
      await Promise.all(DEMO_CLUBS.map((club) => sendFrom(deskOf(club), { club, database, count: Math.ceil(count / DEMO_CLUBS.length) })));
      print(`All replies are in the ledger after ${Math.round((Date.now() - startedAtMs) / 1_000)} s.`);
      const { isSettled, settledAfterMs } = await settled(database, { openPhoneUrl, startedAtMs, withinMs: SETTLED_WITHIN_MS });
      const evidence = await gather(database, openPhoneUrl);
      const problems = findProblems(evidence).filter(({ kind }) => !EXPECTED.has(kind));
      const counts = countsOf(evidence);
      show({ counts, problems, settledAfterMs });
      const isPassed = isSettled && problems.length === 0 && counts.sendsAccepted >= count;
      publish({ bench: "sends", isPassed, figures: [], loadBefore, details: { count, isSettled, settledAfterMs, counts, problems } });
      return isPassed;
    } finally {
      await browser.close();
    }
  });
};

const fail = (club: DemoClub): never => {
  throw new Error(`Nobody of ${club.slug} is signed in.`);
};

/** Somebody has to have written before staff can answer. */
const openConversations = async (database: BenchDatabase, url: string): Promise<void> => {
  for (const club of DEMO_CLUBS) {
    for (const { phone } of plainMembers(club, MEMBERS_PER_CLUB)) {
      await textByOpenPhone(url, { from: phone, toClub: club.slug, text: "Good day, a word please" });
    }
  }
  const connectionIds = DEMO_CLUBS.map(({ connections }) => connections.openPhone);
  const accepted = (await openPhoneLog(url)).filter((entry) => entry.kind === "message" && entry.message.direction === "incoming").length;
  const isStored = await pollUntil(async () => ((await database.left(connectionIds))?.messageCount ?? 0) >= accepted, {
    withinMs: STORED_WITHIN_MS,
  });
  if (!isStored) {
    throw new Error("The members' texts were not stored in time.");
  }
};

type Sending = { readonly club: DemoClub; readonly database: BenchDatabase; readonly count: number };

const sendFrom = async (desk: Page, { club, database, count }: Sending): Promise<void> => {
  const conversations = await database.conversations(club.connections.openPhone);
  const numbers = Array.from({ length: count }, (_, index) => index);
  await Promise.all(
    Array.from({ length: HANDS_PER_CLUB }, async (_, hand) => {
      for (const number of numbers.filter((one) => one % HANDS_PER_CLUB === hand)) {
        const conversationId = conversations[number % conversations.length];
        const input = {
          clubId: club.id,
          conversationId,
          text: `Bench reply ${number} of ${club.slug}`,
          clientKey: `bench-${club.slug}-${number}`,
        };
        await mutate(desk, { procedure: "conversations.reply", input });
      }
    }),
  );
};
