import type { Id } from "#server/domain/ids.ts";
import { addressKey } from "#server/platform/keys.ts";
import { inTransaction } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { argumentsHashOf } from "#server/services/effects/effect-arguments.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { anyPhone, makeConversation } from "#server/testing/factories.ts";
import { raceCount, reportRaces, seeded, shuffled, turnsOfTheLoop } from "#server/testing/races.ts";
import { makeLine, write, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeAll, expect, test } from "vitest";

import { approve, reject } from "./decide-approval.ts";
import { expireApproval } from "./expire-approval.ts";

useDatabase();
const vendor = useScriptedOpenPhone();

const RACES = raceCount({ few: 32, full: 1_000 });
/** Races that run beside each other; the pool of the tests has eight connections. */
const BATCH = 4;
const TIME_LIMIT_MS = 900_000;
const EDITED = "Saturday 9 to 3, see you there!";

let lines: readonly Line[];
const random = seeded(20_261_121);

beforeAll(async () => {
  const first = await makeLine();
  lines = [first, await makeLine({ franchiseId: first.club.franchiseId }), await makeLine(), await makeLine()];
  for (const line of lines) {
    // The first text makes the channel of the club.
    await write(line);
  }
}, TIME_LIMIT_MS);

const owner = () => database().owner;
const lineAt = (index: number): Line => {
  const line = lines[index % lines.length];
  if (line === undefined) {
    throw new Error("no club");
  }
  return line;
};

type Question = { readonly phone: string; readonly approvalId: Id<"approval">; readonly effectId: Id<"effect"> };

let drafts = 0;
/** A draft of the agent that waits for a person. */
const drafted = async ({ club, connectionId, system }: Line): Promise<Question> => {
  const phone = anyPhone();
  const { channel, contact, conversation } = await makeConversation(club, { from: phone, needsYou: "approval" });
  const effectId = await inTransaction(system, (tx) =>
    planEffect(tx, system, {
      effectKey: `race:${(drafts += 1)}`,
      kind: "message.send",
      plannedBy: "agent",
      needsApproval: { requiredRole: "staff", summary: "Send this answer", expiresAt: inHours(12) },
      connectionId,
      channelId: channel.id as Id<"channel">,
      conversationId: conversation.id,
      contactId: contact?.id as Id<"contact">,
      addressKey: addressKey(phone),
      channelKind: "sms",
      purpose: "reply",
      arguments: { to: phone, recipientExternalId: null, text: "The desk is staffed 9 am to 3 pm on Saturday." },
    }),
  );
  const { id } = await owner().approval.findFirstOrThrow({ where: { effectId } });
  return { phone, effectId, approvalId: id as Id<"approval"> };
};

const inHours = (hours: number): Date => new Date(Date.now() + hours * 3_600_000);

type Move = { readonly name: string; readonly run: (line: Line, question: Question) => Promise<unknown>; readonly isForeign?: true };

const other = (line: Line): Line => lineAt(lines.indexOf(line) + 1);

/** Whoever expires it reads a clock past its end, and those who decide do not. */
const MOVES: readonly Move[] = [
  { name: "approve", run: ({ club }, { approvalId }) => approve(club.as.staff, { approvalId }) },
  { name: "replay", run: ({ club }, { approvalId }) => approve(club.as.staff, { approvalId }) },
  { name: "approve changed", run: ({ club }, { approvalId }) => approve(club.as.manager, { approvalId, text: EDITED }) },
  { name: "deny", run: ({ club }, { approvalId }) => reject(club.as.owner, { approvalId }) },
  { name: "expire", run: ({ system }, { approvalId }) => expireApproval({ ...system, fixedNow: inHours(13) }, { approvalId }) },
  { name: "dispatch", run: ({ system }, { effectId }) => dispatchEffect(system, { effectId }) },
  { name: "dispatch again", run: ({ system }, { effectId }) => dispatchEffect(system, { effectId }) },
];
/** None of these may ever succeed, whatever else happens. */
const FOREIGN: readonly Move[] = [
  { name: "another club's owner", run: (line, { approvalId }) => approve(other(line).club.as.owner, { approvalId }), isForeign: true },
  { name: "the machine", run: ({ system }, { approvalId }) => approve(system, { approvalId }), isForeign: true },
  {
    name: "the agent",
    run: ({ system }, { approvalId }) =>
      approve({ ...system, actor: { kind: "agent", runId: "run_00000000000000000000000000" } }, { approvalId }),
    isForeign: true,
  },
];

type Race = { readonly line: Line; readonly question: Question; readonly moves: readonly Move[]; readonly waits: readonly number[] };

const planRace = (line: Line, question: Question): Race => {
  const moves = shuffled(
    [...shuffled(MOVES, random).slice(0, 3 + Math.floor(random() * 4)), ...shuffled(FOREIGN, random).slice(0, 1)],
    random,
  );
  return { line, question, moves, waits: moves.map(() => Math.floor(random() * 12)) };
};

type Result = { readonly allowed: number; readonly accepted: number; readonly violations: readonly string[]; readonly end: string };

const run = async ({ line, moves, question, waits }: Race): Promise<Result> => {
  const settled = await Promise.allSettled(
    moves.map(async (move, index) => {
      await turnsOfTheLoop(waits[index] ?? 0);
      return move.run(line, question);
    }),
  );
  // Whoever comes when all is over finds nothing to do.
  await Promise.allSettled([
    approve(line.club.as.owner, { approvalId: question.approvalId }),
    dispatchEffect(line.system, { effectId: question.effectId }),
  ]);
  const approval = await owner().approval.findUniqueOrThrow({ where: { id: question.approvalId }, include: { effect: true } });
  const accepted = vendor.accepted(question.phone);
  const allowed = approval.status === "approved" ? 1 : 0;
  const args = { to: question.phone, recipientExternalId: null, text: accepted[0]?.text ?? "" };
  const violations = [
    accepted.length === allowed ? null : `${accepted.length} sends for ${allowed} approvals`,
    allowed === 1 && approval.decidedById === null ? "approved by nobody" : null,
    approval.effect.status === (allowed === 1 ? "confirmed" : "dropped") ? null : `${approval.status} and ${approval.effect.status}`,
    accepted.length === 1 && argumentsHashOf(args) !== approval.effect.argumentsHash ? "other words than those approved" : null,
    ...moves.map((move, index) => (move.isForeign && settled[index]?.status === "fulfilled" ? `${move.name} decided` : null)),
  ].filter((violation) => violation !== null);
  return { allowed, accepted: accepted.length, violations, end: approval.status };
};

test(
  "of approving, changing, denying, expiring, replaying and dispatching at once: as many sends at the vendor as valid approvals, never another word",
  async () => {
    const results: Result[] = [];
    for (let start = 0; start < RACES; start += BATCH) {
      const count = Math.min(BATCH, RACES - start);
      const races: Race[] = [];
      for (let index = 0; index < count; index += 1) {
        // Two of a batch are of one club, so that its counter is fought over as well.
        const line = lineAt(start + Math.floor(index / 2));
        races.push(planRace(line, await drafted(line)));
      }
      results.push(...(await Promise.all(races.map(run))));
    }
    const sum = (of: "allowed" | "accepted"): number => results.reduce((total, result) => total + result[of], 0);
    const violations = results.flatMap((result) => result.violations);
    for (const end of ["approved", "rejected", "expired"]) {
      const ended = results.filter((result) => result.end === end);
      reportRaces({
        suite: "approvals",
        name: end,
        races: ended.length,
        allowed: ended.filter(({ allowed }) => allowed === 1).length,
        accepted: ended.reduce((total, { accepted }) => total + accepted, 0),
        violations: ended.flatMap((result) => result.violations).length,
      });
      // A race that always ends the same way is none.
      expect(ended.length, end).toBeGreaterThan(0);
    }
    expect(results).toHaveLength(RACES);
    expect(violations).toEqual([]);
    expect(sum("accepted")).toBe(sum("allowed"));
  },
  TIME_LIMIT_MS,
);
