import { CONFIRMATION_TTL_MINUTES } from "#server/domain/automations.ts";
import { readAnswer } from "#server/domain/yes-no.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { inTransaction } from "#server/services/context.ts";
import { takeOver } from "#server/services/conversations/take-over.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { anyPhone, makeConversation } from "#server/testing/factories.ts";
import { raceCount, reportRaces, seeded, shuffled, turnsOfTheLoop } from "#server/testing/races.ts";
import { bookBay, makeDeedConnections, useScriptedDeeds } from "#server/testing/scripted-automation.ts";
import { arriveAt, makeLine, vendorText, type Line } from "#server/testing/scripted-line.ts";
import { useScriptedOpenPhone } from "#server/testing/scripted-openphone.ts";
import { beforeAll, expect, test } from "vitest";

import { askConfirmation } from "./ask-confirmation.ts";
import { expireConfirmation } from "./expire-confirmation.ts";

useDatabase();
useScriptedOpenPhone();
const deeds = useScriptedDeeds();

const RACES = raceCount({ few: 40, full: 1_000 });
/** Races that run beside each other; the pool of the tests has eight connections. */
const BATCH = 4;
const TIME_LIMIT_MS = 900_000;

type Place = Line & { readonly bays: Id<"connection">; readonly stranger: string };
let places: readonly Place[];
const random = seeded(20_261_123);

beforeAll(async () => {
  places = await Promise.all(
    Array.from({ length: BATCH }, async () => {
      const line = await makeLine();
      const { bays } = await makeDeedConnections(line.club);
      const stranger = anyPhone();
      await arriveAt(line, undefined, vendorText({ from: stranger, text: "hello" }));
      return { ...line, bays: asId("connection", bays.id), stranger };
    }),
  );
}, TIME_LIMIT_MS);

const owner = () => database().owner;

type Question = {
  readonly phone: string;
  readonly conversationId: Id<"conversation">;
  readonly effectId: Id<"effect">;
  readonly confirmationId: string;
  readonly device: string;
};

let serial = 0;
/** Somebody who holds a bay is asked whether to reset it. */
const asked = async (place: Place): Promise<Question> => {
  const phone = anyPhone();
  const number = (serial += 1);
  const bay = `${1 + (Math.floor(number / BATCH) % 99)}`;
  const device = `device-${number}`;
  const { contact, conversation } = await makeConversation(place.club, { from: phone });
  const contactId = asId("contact", contact?.id ?? "");
  await owner().booking.updateMany({ where: { clubId: place.club.id, place: `Bay ${bay}` }, data: { endsAt: new Date() } });
  await bookBay(place.club, { contactId, place: `Bay ${bay}` });
  const effectId = await inTransaction(place.system, (tx) =>
    askConfirmation(tx, place.system, {
      conversationId: conversation.id,
      contactId,
      question: `Reply YES to reset bay ${bay}.`,
      plan: {
        effectKey: `reset:${number}`,
        kind: "device.reset",
        plannedBy: "agent",
        needsApproval: null,
        connectionId: place.bays,
        conversationId: conversation.id,
        contactId,
        purpose: "service",
        arguments: { deviceExternalId: device, deviceName: `Bay ${bay}`, bay },
      },
    }),
  );
  const { id } = await owner().confirmation.findFirstOrThrow({ where: { effectId } });
  return { phone, conversationId: conversation.id, effectId, confirmationId: id, device };
};

/** What arrives is stored, and what that released goes out, as in the request of a webhook. */
const says = async (place: Place, from: string, text: string, at?: Date): Promise<void> => {
  const { effectIds } = await arriveAt(place, at, vendorText({ from, text }));
  for (const effectId of effectIds) {
    await dispatchEffect(place.system, { effectId });
  }
};

const late = (): Date => new Date(Date.now() + (CONFIRMATION_TTL_MINUTES + 1) * 60_000);

type Move = { readonly name: string; readonly run: (place: Place, question: Question) => Promise<unknown> };

const MOVES: readonly Move[] = [
  { name: "yes", run: (place, { phone }) => says(place, phone, "YES") },
  { name: "yes again", run: (place, { phone }) => says(place, phone, "yes please") },
  { name: "no", run: (place, { phone }) => says(place, phone, "no") },
  { name: "a late yes", run: (place, { phone }) => says(place, phone, "yes", late()) },
  { name: "another person's yes", run: (place) => says(place, place.stranger, "YES") },
  { name: "something else", run: (place, { phone }) => says(place, phone, "what time do you close?") },
  {
    name: "the end of its time",
    run: ({ system }, { confirmationId }) => expireConfirmation({ ...system, fixedNow: late() }, { confirmationId }),
  },
  { name: "the sweep before its time", run: ({ system }, { confirmationId }) => expireConfirmation(system, { confirmationId }) },
  { name: "the dispatcher", run: ({ system }, { effectId }) => dispatchEffect(system, { effectId }) },
  { name: "a takeover", run: ({ club }, { conversationId }) => takeOver(club.as.staff, { conversationId }) },
  { name: "a stop", run: (place, { phone }) => says(place, phone, "STOP") },
];
const OFTEN = MOVES.slice(0, 9);
const SELDOM = MOVES.slice(9);

type Result = { readonly end: string; readonly allowed: number; readonly accepted: number; readonly violations: readonly string[] };

const race = async (place: Place, question: Question): Promise<Result> => {
  const moves = shuffled(
    [...shuffled(OFTEN, random).slice(0, 2 + Math.floor(random() * 4)), ...(random() < 0.15 ? shuffled(SELDOM, random).slice(0, 1) : [])],
    random,
  );
  const waits = moves.map(() => Math.floor(random() * 12));
  await Promise.allSettled(
    moves.map(async (move, index) => {
      await turnsOfTheLoop(waits[index] ?? 0);
      return move.run(place, question);
    }),
  );
  // Whoever comes when all is over changes nothing.
  const before = await stateOf(question);
  await Promise.allSettled([dispatchEffect(place.system, { effectId: question.effectId }), says(place, place.stranger, "yes")]);
  return judge({ question, names: moves.map(({ name }) => name), before, after: await stateOf(question) });
};

const stateOf = ({ confirmationId }: Question) =>
  owner().confirmation.findUniqueOrThrow({ where: { id: confirmationId }, include: { effect: true } });

type Ended = {
  readonly question: Question;
  readonly names: readonly string[];
  readonly before: Awaited<ReturnType<typeof stateOf>>;
  readonly after: Awaited<ReturnType<typeof stateOf>>;
};

const judge = async ({ question, names, before, after }: Ended): Promise<Result> => {
  const accepted = deeds.resets.filter((device) => device === question.device).length;
  const allowed = after.status === "confirmed" && after.effect.status === "confirmed" ? 1 : 0;
  const answer =
    after.decidedByMessageId === null ? null : await owner().message.findUniqueOrThrow({ where: { id: after.decidedByMessageId } });
  const isAnsweredRight =
    answer !== null &&
    answer.conversationId === question.conversationId &&
    answer.receivedAt < after.expiresAt &&
    readAnswer(answer.body, { target: null }) === "yes";
  const mayBeHeld = names.includes("a takeover") || names.includes("a stop");
  const violations = [
    accepted === allowed ? null : `${accepted} resets for ${allowed} confirmations`,
    after.status === "confirmed" && !isAnsweredRight ? "confirmed by something else than a yes in time of whoever was asked" : null,
    after.status === "confirmed" && allowed === 0 && !mayBeHeld ? `confirmed and ${after.effect.status}` : null,
    after.status !== "confirmed" && after.status !== "pending" && after.effect.status !== "dropped"
      ? `${after.status} and ${after.effect.status}`
      : null,
    after.status === "pending" && (accepted > 0 || after.effect.status !== "planned") ? "done while the question was open" : null,
    before.status !== after.status ? `${before.status} became ${after.status} afterwards` : null,
  ].filter((violation) => violation !== null);
  return { end: after.status, allowed, accepted, violations: violations.map((violation) => `${violation}: ${names.join(", ")}`) };
};

test(
  "of yes, no, late, foreign, repeated and withdrawn answers at once: a bay is reset once for a yes in time of whoever was asked, and never otherwise",
  async () => {
    const results: Result[] = [];
    for (let start = 0; start < RACES; start += BATCH) {
      const count = Math.min(BATCH, RACES - start);
      const pairs: { readonly place: Place; readonly question: Question }[] = [];
      for (const place of places.slice(0, count)) {
        pairs.push({ place, question: await asked(place) });
      }
      results.push(...(await Promise.all(pairs.map(({ place, question }) => race(place, question)))));
    }
    const ends = ["confirmed", "declined", "expired", "superseded", "pending"];
    for (const end of ends) {
      const ended = results.filter((result) => result.end === end);
      reportRaces({
        suite: "confirmations",
        name: end,
        races: ended.length,
        allowed: ended.filter(({ allowed }) => allowed === 1).length,
        accepted: ended.reduce((total, { accepted }) => total + accepted, 0),
        violations: ended.flatMap(({ violations }) => violations).length,
      });
      // A race that always ends the same way is none.
      expect(ended.length, end).toBeGreaterThan(0);
    }
    expect(results.flatMap(({ violations }) => violations)).toEqual([]);
    expect(results).toHaveLength(RACES);
    expect(deeds.resets).toHaveLength(results.filter(({ allowed }) => allowed === 1).length);
  },
  TIME_LIMIT_MS,
);
