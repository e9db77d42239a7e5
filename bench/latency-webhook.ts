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
import { readDatabase } from "./read-database.ts";
import { print, publish } from "./report.ts";
import { openPhoneLog, textByOpenPhone } from "./sandboxes.ts";
import { warmUp } from "./warm-up.ts";

/** One message a second into one club: 60 answers an hour is all that a club sends by itself. */
const SLOT_MS = 1_000;
const WAIT_MS = 30_000;
const CLUB_SLUG = "ironwood-denver";
const MANAGER = "manager@ironwood.example";

/** Text to open browser and text to answer, by webhook; true when both bars are kept. */
export const benchLatencyWebhook = async ({ count = MESSAGE_COUNT }: { readonly count?: number }): Promise<boolean> => {
  const loadBefore = loadAverage();
  const club = DEMO_CLUBS.find(({ slug }) => slug === CLUB_SLUG);
  if (club === undefined) {
    throw new Error(`The demo has no club ${CLUB_SLUG}.`);
  }
  const members = plainMembers(club, count);
  const burstWindowMs = BUILT_IN_POLICY.burstWindowSeconds * 1_000;
  return withStack(async (running) => {
    const database = readDatabase(running.ownerUrl);
    const url = `http://127.0.0.1:${running.info.ports.openPhone}`;
    const moments = randomMoments(count, SLOT_MS);
    const plan = members.map(({ phone }, index): Planned => {
      const text = questionAt(index);
      return { text, afterMs: moments[index] ?? 0, send: () => textByOpenPhone(url, { from: phone, toClub: club.slug, text }) };
    });
    await warmUp({ running, database });
    const inbox = await openInbox({
      appUrl: running.info.appUrl,
      email: MANAGER,
      clubSlug: club.slug,
      texts: plan.map(({ text }) => text),
    });
    try {
      print(`${count} messages by ${count} members in ${(count * SLOT_MS) / 1_000} s.`);
      const textOf = new Map(members.map(({ phone }, index) => [phone, questionAt(index)]));
      const samples = await measure({
        plan,
        inbox,
        database,
        readAnswers: () => readAnswers(url, { textOf, clubPhone: club.phone }),
        waitMs: WAIT_MS,
      });
      printUnanswered(samples);
      const visible = { name: "text to painted in the open browser", valuesMs: samples.map(visibleMs), barMs: BARS.webhookVisibleMs };
      const answered = {
        name: "text to answer on the phone, beyond the burst",
        valuesMs: samples.map(answeredMs).map((ms) => (ms === null ? null : ms - burstWindowMs)),
        barMs: BARS.webhookAnsweredBeyondBurstMs,
      };
      const figures = figuresOf([visible, answered, ...stageFigures(samples, burstWindowMs)]);
      const isPassed = figures.every(({ isKept }) => isKept !== false);
      publish({ bench: "latency webhook", isPassed, figures, loadBefore, details: { burstWindowMs, samples } });
      return isPassed;
    } finally {
      await inbox.close();
    }
  });
};

type Lookup = { readonly textOf: ReadonlyMap<string, string>; readonly clubPhone: string };

const readAnswers = async (url: string, { textOf, clubPhone }: Lookup): Promise<ReadonlyMap<string, Answer>> => {
  const entries = await openPhoneLog(url);
  const delivered = new Map(
    entries.flatMap((entry) => (entry.kind === "status" && entry.status === "delivered" ? [[entry.messageId, entry.at.getTime()]] : [])),
  );
  const answers = new Map<string, Answer>();
  for (const entry of entries) {
    const text =
      entry.kind === "message" && entry.message.source === "api" && entry.message.from === clubPhone
        ? textOf.get(entry.message.to[0] ?? "")
        : undefined;
    if (entry.kind === "message" && text !== undefined && !answers.has(text)) {
      answers.set(text, { acceptedAtMs: entry.at.getTime(), deliveredAtMs: delivered.get(entry.message.id) ?? null });
    }
  }
  return answers;
};
