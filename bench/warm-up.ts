import { DEMO_CLUBS } from "../prisma/demo.ts";
import type { RunningStack } from "./bench-stack.ts";
import { pollUntil } from "./poll-until.ts";
import type { BenchDatabase } from "./read-database.ts";
import { openPhoneLog, textByOpenPhone } from "./sandboxes.ts";

const WITHIN_MS = 90_000;
/** Thousands of questions, once after the first start; several batches of them come in between two looks. */
const LEARNT_WITHIN_MS = 300_000;
const LEARNT_EVERY_MS = 5_000;
/** A number no club knows; no member of a bench has it. */
const STRANGER = (areaCode: string): string => `+1${areaCode}5550199`;
const MEMBER_COUNT = DEMO_CLUBS.reduce((total, { memberCount }) => total + memberCount, 0);

/**
 * Waits until the members of all clubs have been read, each club has answered one stranger and what articles are asked is learnt, so that what is measured
 * is the work of a running product and not its start.
 */
export const warmUp = async ({
  running,
  database,
}: {
  readonly running: RunningStack;
  readonly database: BenchDatabase;
}): Promise<void> => {
  const url = `http://127.0.0.1:${running.info.ports.openPhone}`;
  let known = -1;
  const areMembersRead = await pollUntil(
    async () => {
      // Ex-members and prospects are not members: enough is when the number no longer grows.
      const count = await database.memberCount();
      const isStill = count > MEMBER_COUNT / 2 && count === known;
      known = count;
      return isStill;
    },
    { withinMs: WITHIN_MS, everyMs: 2_000 },
  );
  if (!areMembersRead) {
    throw new Error(`The members of the clubs were not read within ${WITHIN_MS / 1_000} s (${known} so far).`);
  }
  for (const club of DEMO_CLUBS) {
    await textByOpenPhone(url, { from: STRANGER(club.areaCode), toClub: club.slug, text: "Hello, do you sell gift cards?" });
  }
  const isAnswered = await pollUntil(
    async () => {
      const entries = await openPhoneLog(url);
      const answered = new Set(
        entries.flatMap((entry) => (entry.kind === "message" && entry.message.source === "api" ? entry.message.to : [])),
      );
      return DEMO_CLUBS.every(({ areaCode }) => answered.has(STRANGER(areaCode)));
    },
    { withinMs: WITHIN_MS },
  );
  if (!isAnswered) {
    throw new Error(`Not every club answered its first message within ${WITHIN_MS / 1_000} s.`);
  }
  let learnt = -1;
  const isLearnt = await pollUntil(
    async () => {
      const count = await database.learntCount();
      const isStill = count > 0 && count === learnt;
      learnt = count;
      return isStill;
    },
    { withinMs: LEARNT_WITHIN_MS, everyMs: LEARNT_EVERY_MS },
  );
  if (!isLearnt) {
    throw new Error(`What articles are asked was not learnt within ${LEARNT_WITHIN_MS / 1_000} s (${learnt} so far).`);
  }
};
