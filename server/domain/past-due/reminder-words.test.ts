import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { findDenials, findMeta, findPromises, sentencesOf } from "../draft-phrases.ts";
import { TIERS } from "./facts.ts";
import { ladderTable } from "./ladder-table.ts";
import { stepOf } from "./ladder.ts";
import { chooseWording, lastPaymentClause, REMINDER_FIELDS, REMINDER_WORDINGS } from "./reminder-words.ts";
import {
  DEFAULT_DOOR_ACCESS_SETTINGS,
  DEFAULT_ESCALATION_SETTINGS,
  DEFAULT_INVOICE_SETTINGS,
  DEFAULT_PAST_DUE_SETTINGS as SETTINGS,
  DEFAULT_REFERRAL_SETTINGS,
  DoorAccessSettings,
  EscalationSettings,
  InvoiceSettings,
  PastDueSettings,
  ReferralSettings,
} from "./settings.ts";

const FILLED: Readonly<Record<string, string>> = {
  firstName: "Dana",
  amount: "$42.50",
  what: "your November dues",
  payLink: "https://pay.example/x1",
  clubName: "Iron Bay",
  lastPayment: " (your last payment of $39.99 arrived on October 3)",
};
const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, field: string) => FILLED[field] ?? `{${field}}`);
const all = TIERS.flatMap((tier) => REMINDER_WORDINGS[tier].map((wording) => ({ tier, ...wording })));

describe("the wordings of reminders", () => {
  test("there are six of each tier, as many as an episode can have reminders, and no two share a key or a text", () => {
    for (const tier of TIERS) {
      expect(REMINDER_WORDINGS[tier].length).toBeGreaterThanOrEqual(SETTINGS.endsAtAttempts);
      expect(PastDueSettings.safeParse({ ...SETTINGS, endsAtAttempts: REMINDER_WORDINGS[tier].length + 1 }).success).toBe(false);
    }
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length);
  });

  test.each(all)("$key has the name, the amount, what for, the link, the club, help and thanks, and no field nobody knows", ({ text }) => {
    const fields = [...text.matchAll(/\{(\w+)\}/g)].map(([, field]) => field);
    expect(fields.toSorted()).toEqual([...new Set(fields)].toSorted());
    expect(fields.every((field) => REMINDER_FIELDS.some((known) => known === field))).toBe(true);
    expect(fields).toEqual(expect.arrayContaining(["firstName", "amount", "what", "payLink", "clubName", "lastPayment"]));
    expect(text).toMatch(/thank/i);
    expect(text).toMatch(/help|hand/i);
    expect(text).toMatch(/\{payLink\}\n/);
  });

  test.each(all)("$key reads as at most three sentences to the member and promises nothing", ({ text }) => {
    for (const filled of [fill(text), fill(text.replace("{lastPayment}", ""))]) {
      expect(sentencesOf(filled).length).toBeLessThanOrEqual(4);
      expect(sentencesOf(filled).filter((sentence) => sentence.split(" ").length >= 4).length).toBeLessThanOrEqual(3);
      expect(findMeta(filled)).toEqual([]);
      expect(findDenials(filled)).toEqual([]);
      expect(filled).not.toMatch(/[{}]|past due|debt|collection|legal|lock| {2}| [.,]/i);
      expect(filled.length).toBeLessThanOrEqual(320);
    }
  });

  test("no wording promises an act of a person beyond an answer to a reply", () => {
    expect(all.flatMap(({ text }) => findPromises(fill(text)))).toEqual([]);
  });

  test("nobody gets a wording twice within an episode, whatever number chooses", () => {
    fc.assert(
      fc.property(fc.constantFrom(...TIERS), fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), (tier, choices) => {
        const usedKeys: string[] = [];
        for (const choose of choices) {
          const wording = chooseWording(REMINDER_WORDINGS[tier], { usedKeys, choose });
          expect(usedKeys).not.toContain(wording?.key);
          usedKeys.push(wording?.key ?? "none left");
        }
        expect(new Set(usedKeys)).toEqual(new Set(REMINDER_WORDINGS[tier].map(({ key }) => key)));
        expect(chooseWording(REMINDER_WORDINGS[tier], { usedKeys, choose: 1 })).toBeNull();
      }),
    );
  });

  test("the last payment is a clause in brackets, or nothing", () => {
    expect(lastPaymentClause({ amountMinor: 3_999n, currency: "USD", onDate: "2026-10-03" })).toBe(FILLED["lastPayment"]);
    expect(lastPaymentClause(null)).toBe("");
  });
});

describe("the table in the settings", () => {
  test("reads as the rule table", () => {
    const { columns, rows } = ladderTable(SETTINGS, "USD");
    expect(columns).toEqual(["no attempt yet", "1 attempt", "2 or 3 attempts", "4 attempts or more"]);
    expect(
      rows.map(({ amounts, cells }) => [amounts, ...cells.map(({ insteadOf, text }) => (insteadOf === null ? text : `${text}*`))]),
    ).toEqual([
      ["$0.01 to $50.00", "friendly", "friendly", "firm", "final"],
      ["$50.01 to $99.99", "friendly*", "firm", "firm", "final"],
      ["$100.00 or more", "friendly*", "final", "final", "final, with an urgent note and a request to lock the door"],
    ]);
  });

  test("without a friendly first notice the first two columns are one, and other bounds make other rows", () => {
    const { columns, rows, notes } = ladderTable(
      PastDueSettings.parse({
        ...SETTINGS,
        firstNoticeFriendly: false,
        urgentFromMinor: 15_000,
        firmFromAttempts: 3,
        urgentFromAttempts: 5,
      }),
      "USD",
    );
    expect(columns).toEqual(["0 to 2 attempts", "3 attempts", "4 attempts", "5 attempts or more"]);
    expect(rows.map(({ amounts }) => amounts)).toEqual(["$0.01 to $50.00", "$50.01 to $99.99", "$100.00 to $149.99", "$150.00 or more"]);
    expect(rows[2]?.cells.map(({ text }) => text)).toEqual(["final", "final", "final", "final"]);
    expect(rows[3]?.cells.at(-1)).toMatchObject({ alsoUrgentNote: true, alsoLockRequest: true });
    expect(notes).not.toContain("The first notice is friendly, whatever is owed.");
  });

  test("every place of the ladder reads in its own cell what happens there", () => {
    const { rows } = ladderTable(SETTINGS, "USD");
    const rowOf = (dueMinor: bigint): number => (dueMinor <= 5_000n ? 0 : dueMinor <= 9_999n ? 1 : 2);
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 30_000n }), fc.nat({ max: 5 }), (dueMinor, attempts) => {
        const cell = rows[rowOf(dueMinor)]?.cells[Math.min(attempts, 2) + (attempts >= 4 ? 1 : 0)];
        const { tier, alsoUrgentNote, alsoLockRequest } = stepOf({ dueMinor, attempts }, SETTINGS);
        expect(cell).toMatchObject({ tier, alsoUrgentNote, alsoLockRequest });
      }),
    );
  });

  test("what the table leaves out stands below it", () => {
    expect(ladderTable(SETTINGS, "USD").notes).toEqual([
      "The first notice is friendly, whatever is owed.",
      "After 6 attempts Spotter stops and lists the case for the manager.",
      "Between two texts about money at least 72 hours pass, and nobody gets more than 3 in seven days.",
      "Nothing is sent while a promise, a plan, hardship, a dispute, a freeze, a payment on its way or an exception holds.",
    ]);
  });
});

describe("settings", () => {
  test("the defaults are valid", () => {
    expect(PastDueSettings.parse(SETTINGS)).toEqual(SETTINGS);
    expect(DoorAccessSettings.parse(DEFAULT_DOOR_ACCESS_SETTINGS)).toEqual(DEFAULT_DOOR_ACCESS_SETTINGS);
    expect(EscalationSettings.parse(DEFAULT_ESCALATION_SETTINGS)).toEqual(DEFAULT_ESCALATION_SETTINGS);
    expect(ReferralSettings.parse(DEFAULT_REFERRAL_SETTINGS)).toEqual(DEFAULT_REFERRAL_SETTINGS);
    expect(InvoiceSettings.parse(DEFAULT_INVOICE_SETTINGS)).toEqual(DEFAULT_INVOICE_SETTINGS);
  });

  test.each([
    { firmFromMinor: 10_000 },
    { remindFromMinor: 5_002 },
    { finalFromMinor: 10_001 },
    { firmFromAttempts: 4 },
    { finalFromAttempts: 5 },
    { urgentFromAttempts: 6 },
    { endsAtAttempts: 4 },
    { mostTextsIn7Days: 4 },
    { pauseHours: 23 },
    { balanceMaxAgeMinutes: 61 },
    { remindFromMinor: 0 },
    { firmFromMinor: 5_000.5 },
  ])("a ladder with gaps, with falling bounds or beyond its ceilings is refused: %o", (over) => {
    expect(PastDueSettings.safeParse({ ...SETTINGS, ...over }).success).toBe(false);
  });

  test.each([{ remindFromMinor: 5_001 }, { firmFromMinor: 9_999 }, { finalFromAttempts: 3 }, { endsAtAttempts: 5 }])(
    "a ladder at its closest is taken: %o",
    (over) => {
      expect(PastDueSettings.safeParse({ ...SETTINGS, ...over }).success).toBe(true);
    },
  );

  test("a warning shorter than a day, a night without length and ranges that do not rise are refused", () => {
    expect(DoorAccessSettings.safeParse({ ...DEFAULT_DOOR_ACCESS_SETTINGS, warningHours: 23 }).success).toBe(false);
    expect(DoorAccessSettings.safeParse({ ...DEFAULT_DOOR_ACCESS_SETTINGS, nightUntilMinute: 1_260 }).success).toBe(false);
    expect(EscalationSettings.safeParse({ ...DEFAULT_ESCALATION_SETTINGS, fromMinor: 20_001 }).success).toBe(false);
    for (const over of [{ fromMinor: 5_001 }, { secondFromMinor: 10_000 }, { thirdFromMinor: 20_001 }]) {
      expect(InvoiceSettings.safeParse({ ...DEFAULT_INVOICE_SETTINGS, ...over }).success).toBe(false);
    }
  });
});
