import { describe, expect, test } from "vitest";

import { canSend, type ProactiveMessage, type SendFacts } from "./can-send.ts";
import type { ConsentFact } from "./consent.ts";
import { budgetWaits } from "./contact-budget.ts";
import { evidenceOf } from "./evidence.ts";
import { hasOptOutLine, statesAmount } from "./message-marks.ts";
import { SEND_RULES_VERSION } from "./send-rules.ts";
import { SendSettings, STRICT_SEND_SETTINGS } from "./settings.ts";

const HOUR = 3_600_000;
/** A Monday, 10:00 in Denver. */
const NOON = new Date("2026-11-23T17:00:00Z");
const hoursAgo = (hours: number): Date => new Date(NOON.getTime() - hours * HOUR);

const consent = (over: Partial<ConsentFact> = {}): ConsentFact => ({
  purpose: "billing",
  channelKind: "sms",
  isGranted: true,
  wording: "I agree to texts about my bill.",
  proof: "contract 12, page 3",
  source: "form",
  at: hoursAgo(100),
  ...over,
});
const PURPOSES = ["service", "billing", "marketing", "collections"] as const;
const EVERY_CONSENT = PURPOSES.flatMap((purpose) => [consent({ purpose }), consent({ purpose, channelKind: "email" })]);

const message = (over: Partial<ProactiveMessage> = {}): ProactiveMessage => ({
  channelKind: "sms",
  purpose: "billing",
  statesAmount: true,
  hasOptOutLine: true,
  ...over,
});
const facts = (over: Partial<SendFacts> = {}): SendFacts => ({
  whereabouts: { phone: "+13035550123", state: "CO", postalCode: "80202", timeZone: null, clubTimeZone: "America/Denver" },
  isMinor: false,
  binding: "bound",
  hasContract: true,
  consents: EVERY_CONSENT,
  suppressions: [],
  lastInboundAt: null,
  isDisputed: false,
  isReferred: false,
  promisedFrom: null,
  touches: [],
  waiting: [],
  brandFreeAt: null,
  quietHours: { startMinute: 21 * 60, endMinute: 8 * 60 },
  settings: { ...STRICT_SEND_SETTINGS, marketingStates: ["CO"] },
  ...over,
});
const settings = (over: Partial<SendSettings>): SendSettings => ({ ...facts().settings, ...over });
const ask = (over: Partial<ProactiveMessage>, more: Partial<SendFacts> = {}, now = NOON) => canSend(message(over), facts(more), now);
const SEND = { kind: "send" };
const suppress = (reason: string) => expect.objectContaining({ kind: "suppress", reason });
const defer = (reason: string, until: Date) => expect.objectContaining({ kind: "defer", reason, until });

test.each(PURPOSES)("with everything in order a %s message goes out", (purpose) => {
  expect(ask({ purpose })).toEqual(SEND);
  expect(ask({ purpose, channelKind: "email" })).toEqual(SEND);
});

describe("what forbids", () => {
  test("all reasons are told, in one order", () => {
    expect(
      ask(
        { purpose: "collections", hasOptOutLine: false },
        { suppressions: ["all"], isMinor: true, isDisputed: true, isReferred: true, consents: [], binding: "unknown" },
      ),
    ).toEqual({
      kind: "suppress",
      reason: "suppressed",
      reasons: ["suppressed", "to_minor", "balance_disputed", "referred", "no_consent", "recipient_unproven", "no_opt_out_line"],
    });
  });

  test("a wish for silence about advertising means all, unless the franchise keeps it to its topic and the law still lets it", () => {
    const narrow = settings({ keepsStopToItsTopic: true });
    expect(ask({}, { suppressions: ["marketing"] })).toEqual(suppress("suppressed"));
    expect(ask({}, { suppressions: ["marketing"], settings: narrow })).toEqual(SEND);
    expect(ask({ purpose: "marketing" }, { suppressions: ["marketing"], settings: narrow })).toEqual(suppress("suppressed"));
    expect(ask({}, { suppressions: ["all"], settings: narrow })).toEqual(suppress("suppressed"));
    const eve = new Date("2027-01-30T23:59:59.999Z");
    const ended = new Date("2027-01-31T00:00:00Z");
    expect(ask({}, { suppressions: ["marketing"], settings: narrow }, eve)).toEqual(SEND);
    expect(ask({}, { suppressions: ["marketing"], settings: narrow }, ended)).toEqual(suppress("suppressed"));
  });

  test("a debt that is disputed or handed over is left alone, and everything else goes on", () => {
    for (const fact of ["isDisputed", "isReferred"] as const) {
      expect(ask({}, { [fact]: true }).kind).toBe("suppress");
      expect(ask({ purpose: "collections" }, { [fact]: true }).kind).toBe("suppress");
      expect(ask({ purpose: "service" }, { [fact]: true })).toEqual(SEND);
      expect(ask({ purpose: "marketing" }, { [fact]: true })).toEqual(SEND);
    }
  });

  test("to the young goes what serves them", () => {
    expect(ask({ purpose: "service", statesAmount: false }, { isMinor: true })).toEqual(SEND);
    expect(ask({ purpose: "marketing" }, { isMinor: true })).toEqual(suppress("to_minor"));
    expect(ask({ purpose: "billing" }, { isMinor: true })).toEqual(suppress("to_minor"));
  });

  test("no amount goes to a shared address, and no debt to an unknown one", () => {
    expect(ask({}, { binding: "shared" })).toEqual(suppress("shared_address_amount"));
    expect(ask({ statesAmount: false }, { binding: "shared" })).toEqual(SEND);
    expect(ask({ statesAmount: false }, { binding: "unknown" })).toEqual(suppress("recipient_unproven"));
    expect(ask({ statesAmount: true, purpose: "service" }, { binding: "unknown" })).toEqual(SEND);
  });

  test("everything but service says how to opt out", () => {
    expect(ask({ hasOptOutLine: false })).toEqual(suppress("no_opt_out_line"));
    expect(ask({ purpose: "service", hasOptOutLine: false })).toEqual(SEND);
  });
});

describe("consent", () => {
  test("the newest word counts, and of two at once the refusal", () => {
    const old = consent({ at: hoursAgo(50) });
    const refusal = consent({ isGranted: false, at: hoursAgo(40) });
    expect(ask({}, { consents: [old, refusal] })).toEqual(suppress("consent_refused"));
    expect(ask({}, { consents: [refusal, consent({ at: hoursAgo(30) })] })).toEqual(SEND);
    expect(ask({}, { consents: [consent({ at: refusal.at }), refusal] })).toEqual(suppress("consent_refused"));
    expect(ask({}, { consents: [refusal, consent({ at: refusal.at })] })).toEqual(suppress("consent_refused"));
  });

  test("a consent for another purpose, or for mails, is none; one for texts covers every way to text", () => {
    expect(ask({}, { consents: [consent({ purpose: "service" })] })).toEqual(suppress("no_consent"));
    expect(ask({}, { consents: [consent({ channelKind: "email" })] })).toEqual(suppress("no_consent"));
    expect(ask({ channelKind: "clubos" }, { consents: [consent()] })).toEqual(SEND);
    expect(ask({}, { consents: [consent({ channelKind: "clubos" })] })).toEqual(SEND);
    expect(ask({ channelKind: "email" }, { consents: [consent()] })).toEqual(suppress("no_consent"));
  });

  test("a clause of the contract covers members, for its purposes, until they refuse", () => {
    const clause = settings({ contractConsent: { purposes: ["billing"], wording: "I agree to be texted about my bill." } });
    expect(ask({}, { consents: [], settings: clause })).toEqual(SEND);
    expect(ask({}, { consents: [], settings: clause, hasContract: false })).toEqual(suppress("no_consent"));
    expect(ask({ purpose: "service" }, { consents: [], settings: clause })).toEqual(suppress("no_consent"));
    expect(ask({}, { consents: [consent({ isGranted: false })], settings: clause })).toEqual(suppress("consent_refused"));
  });

  test.each([{ proof: null }, { proof: " " }, { wording: null }, { wording: "" }])(
    "advertising by text without proof is refused: %o",
    (lack) => {
      const unproven = [consent({ purpose: "marketing", ...lack }), consent({ purpose: "marketing", channelKind: "email", ...lack })];
      expect(ask({ purpose: "marketing" }, { consents: unproven })).toEqual(suppress("no_written_consent"));
      expect(ask({ purpose: "marketing", channelKind: "email" }, { consents: unproven })).toEqual(SEND);
      expect(ask({}, { consents: [consent(lack)] })).toEqual(SEND);
    },
  );

  test("whoever wrote a quarter of an hour ago is answered, in service only", () => {
    const night = new Date("2026-11-23T07:00:00Z");
    const at = (minutes: number): Date => new Date(night.getTime() - minutes * 60_000);
    const just: Partial<SendFacts> = {
      lastInboundAt: at(15),
      consents: [],
      touches: [1, 2, 3].map(() => ({ at: at(60), purpose: "service" })),
    };
    expect(ask({ purpose: "service" }, just, night)).toEqual(SEND);
    expect(ask({ purpose: "service" }, { ...just, lastInboundAt: new Date(at(15).getTime() - 1) }, night)).toEqual(suppress("no_consent"));
    expect(ask({ purpose: "service" }, { ...just, consents: [consent({ purpose: "service", isGranted: false })] }, night)).toEqual(SEND);
    expect(ask({ purpose: "service" }, { ...just, suppressions: ["all"] }, night)).toEqual(suppress("suppressed"));
    expect(ask({ purpose: "billing" }, { ...just, consents: EVERY_CONSENT, touches: [] }, night)).toEqual(
      defer("quiet_hours", new Date("2026-11-23T16:00:00Z")),
    );
  });
});

describe("states and the city", () => {
  test("advertising by text goes only where somebody ticked every state that may apply", () => {
    const florida = { ...facts().whereabouts, phone: "+13055550123" };
    expect(ask({ purpose: "marketing" }, { settings: settings({ marketingStates: [] }) })).toEqual(suppress("state_not_ticked"));
    expect(ask({ purpose: "marketing", channelKind: "email" }, { settings: settings({ marketingStates: [] }) })).toEqual(SEND);
    expect(ask({ purpose: "marketing" }, { whereabouts: florida })).toEqual(suppress("state_not_ticked"));
    expect(ask({ purpose: "marketing" }, { whereabouts: florida, settings: settings({ marketingStates: ["CO", "FL"] }) })).toEqual(SEND);
    expect(ask({ purpose: "service" }, { whereabouts: florida, settings: settings({ marketingStates: [] }) })).toEqual(SEND);
  });

  test("people whose state nobody knows need a tick of their own", () => {
    const nowhere = { phone: null, state: null, postalCode: null, timeZone: null, clubTimeZone: "America/Denver" };
    const evening = new Date("2026-11-23T20:00:00Z");
    expect(ask({ purpose: "marketing" }, { whereabouts: nowhere }, evening)).toEqual(suppress("state_not_ticked"));
    const ticked = settings({ marketingStates: ["unknown"] });
    expect(ask({ purpose: "marketing" }, { whereabouts: nowhere, settings: ticked }, evening)).toEqual(SEND);
  });

  const city = { phone: "+12125550123", state: "NY", postalCode: "10001", timeZone: null, clubTimeZone: "America/New_York" };

  test("in New York City debts need a written opt-in, which no contract replaces", () => {
    const clause = settings({ contractConsent: { purposes: ["billing"], wording: "I agree to be texted about my bill." } });
    expect(ask({}, { whereabouts: city })).toEqual(SEND);
    expect(ask({}, { whereabouts: city, consents: [], settings: clause })).toEqual(suppress("no_city_opt_in"));
    expect(ask({}, { whereabouts: city, consents: [consent({ proof: null })] })).toEqual(suppress("no_city_opt_in"));
    expect(ask({ channelKind: "email" }, { whereabouts: city, consents: [consent({ channelKind: "email", proof: null })] })).toEqual(
      suppress("no_city_opt_in"),
    );
    const lenient = settings({ remindersAreCollectionInNewYorkCity: false });
    expect(ask({}, { whereabouts: city, consents: [consent({ proof: null })], settings: lenient })).toEqual(SEND);
    const unproven = [consent({ purpose: "collections", proof: null })];
    expect(ask({ purpose: "collections" }, { whereabouts: city, consents: unproven, settings: lenient })).toEqual(
      suppress("no_city_opt_in"),
    );
    expect(ask({ purpose: "service" }, { whereabouts: city, consents: [consent({ purpose: "service", proof: null })] })).toEqual(SEND);
    expect(ask({}, { consents: [consent({ proof: null })] })).toEqual(SEND);
  });

  test("California and New York City hold the ceiling of three a week, whatever the franchise sets", () => {
    const loose = settings({ billingGapHours: 24, billingPerWeek: 7, marketingStates: [] });
    const touches = [30, 60, 90].map((hours) => ({ at: hoursAgo(hours), purpose: "billing" as const }));
    const california = { ...facts().whereabouts, phone: "+14155550123", state: "CA", postalCode: "90012" };
    const later = new Date("2026-11-23T18:00:00Z");
    expect(ask({}, { touches, settings: loose }, later)).toEqual(SEND);
    expect(ask({}, { touches, settings: loose, whereabouts: california }, later)).toMatchObject({ kind: "defer", reason: "billing_week" });
    expect(ask({}, { touches, settings: loose, whereabouts: city }, later)).toMatchObject({ kind: "defer", reason: "billing_week" });
  });
});

describe("what delays", () => {
  test("a bill waits 72 hours after the one before, to the minute", () => {
    const touches = [{ at: hoursAgo(71), purpose: "collections" as const }];
    expect(ask({}, { touches })).toEqual(defer("billing_gap", new Date(NOON.getTime() + HOUR)));
    expect(ask({}, { touches: [{ at: hoursAgo(72), purpose: "billing" }] })).toEqual(SEND);
    expect(ask({ purpose: "service" }, { touches })).toEqual(SEND);
    expect(ask({}, { touches: [{ at: hoursAgo(1), purpose: "service" }] })).toEqual(SEND);
  });

  test("the third message of a day is the last, and the first moment after it counts", () => {
    const touches = [23, 10, 5].map((hours) => ({ at: hoursAgo(hours), purpose: "service" as const }));
    expect(ask({ purpose: "service" }, { touches })).toEqual(defer("person_day", new Date(NOON.getTime() + HOUR)));
    expect(ask({ purpose: "service" }, { touches: touches.slice(1) })).toEqual(SEND);
    expect(ask({ purpose: "service" }, { touches: touches.slice(1), settings: settings({ proactivePerDay: 2 }) })).toMatchObject({
      reason: "person_day",
    });
    expect(ask({ purpose: "service" }, { touches: [...touches.slice(1), { at: hoursAgo(24), purpose: "service" }] })).toEqual(SEND);
  });

  test("a message that another dispatcher has just begun counts, though its clock is ahead", () => {
    const ahead = { at: new Date(NOON.getTime() + 500), purpose: "billing" as const };
    expect(ask({}, { touches: [ahead] })).toMatchObject({ kind: "defer", reason: "billing_gap" });
  });

  test("advertising makes way for what is more urgent and never the other way round", () => {
    const one = [{ at: hoursAgo(0.5), purpose: "service" as const }];
    expect(ask({ purpose: "marketing" }, { touches: one, waiting: ["billing", "service"] })).toEqual(
      defer("makes_way", new Date(NOON.getTime() + 23.5 * HOUR)),
    );
    expect(ask({ purpose: "marketing" }, { touches: one, waiting: ["billing"] })).toEqual(SEND);
    expect(ask({ purpose: "marketing" }, { touches: one, waiting: ["marketing", "marketing", "marketing"] })).toEqual(SEND);
    expect(ask({ purpose: "service" }, { touches: one, waiting: ["billing", "marketing", "service"] })).toEqual(SEND);
  });

  test("a promise gives time until its day, for money only", () => {
    const promisedFrom = new Date("2026-11-26T07:00:00Z");
    expect(ask({}, { promisedFrom })).toEqual(defer("promised", new Date("2026-11-26T16:00:00Z")));
    expect(ask({}, { promisedFrom: NOON })).toEqual(SEND);
    expect(ask({ purpose: "service" }, { promisedFrom })).toEqual(SEND);
  });

  test("the brand's budget holds texts back and no mails", () => {
    const brandFreeAt = new Date("2026-11-24T05:00:00Z");
    expect(ask({}, { brandFreeAt })).toEqual(defer("brand_day", new Date("2026-11-24T16:00:00Z")));
    expect(ask({ channelKind: "clubos" }, { brandFreeAt })).toMatchObject({ reason: "brand_day" });
    expect(ask({ channelKind: "email" }, { brandFreeAt })).toEqual(SEND);
    expect(ask({}, { brandFreeAt: NOON })).toEqual(SEND);
  });

  test("it lasts until nothing delays any more, and says everything that does", () => {
    const night = new Date("2026-11-22T05:00:00Z");
    const touches = [{ at: new Date("2026-11-20T18:30:00Z"), purpose: "billing" as const }];
    expect(ask({}, { touches, promisedFrom: new Date("2026-11-22T07:00:00Z") }, night)).toEqual({
      kind: "defer",
      // 11:30 in Denver on the Monday; the Sunday's window would have opened before.
      until: new Date("2026-11-23T18:30:00Z"),
      reason: "promised",
      reasons: ["promised", "billing_gap", "quiet_hours"],
    });
  });

  test("where no hour is left nothing goes out", () => {
    expect(ask({}, { quietHours: { startMinute: 8 * 60, endMinute: 7 * 60 } })).toEqual({
      kind: "suppress",
      reason: "no_hour_left",
      reasons: ["no_hour_left", "quiet_hours"],
    });
  });
});

describe("evidence", () => {
  test("it holds the consent, the version of the rules and the clocks at the recipient", () => {
    expect(
      evidenceOf(
        message(),
        {
          ...facts({
            touches: [
              { at: hoursAgo(23), purpose: "service" },
              { at: hoursAgo(24), purpose: "service" },
            ],
          }),
          settingsVersion: 4,
        },
        NOON,
      ),
    ).toEqual({
      rulesVersion: SEND_RULES_VERSION,
      settingsVersion: 4,
      purpose: "billing",
      regions: ["CO"],
      isNewYorkCity: false,
      localTimes: ["2026-11-23 10:00 America/Denver"],
      consent: {
        state: "proven",
        source: "form",
        wording: "I agree to texts about my bill.",
        proof: "contract 12, page 3",
        at: hoursAgo(100).toISOString(),
      },
      touchesInDay: 1,
      brandBudget: 2_000,
    });
  });

  test("where a clause of the contract stood in, its words are kept", () => {
    const clause = settings({ contractConsent: { purposes: ["billing"], wording: "I agree to be texted about my bill." } });
    const told = { ...facts({ consents: [], settings: clause }), settingsVersion: 1 };
    expect(evidenceOf(message({ channelKind: "email" }), told, NOON)).toMatchObject({
      consent: { state: "contract", source: null, wording: "I agree to be texted about my bill.", proof: null, at: null },
      brandBudget: null,
    });
    expect(evidenceOf(message({ purpose: "service" }), told, NOON)).toMatchObject({ consent: { state: "none", wording: null } });
    expect(evidenceOf(message(), { ...told, hasContract: false }, NOON)).toMatchObject({ consent: { state: "none", wording: null } });
  });
});

describe("what a text says", () => {
  test.each(["You owe $49.99", "49.99 is due", "1,00 USD", "50 dollars", "USD 12", "€ 5", "20 bucks", "12 dólares"])(
    "an amount: %s",
    (text) => {
      expect(statesAmount(text)).toBe(true);
    },
  );

  test.each(["Your payment is overdue", "Call 555-0123", "We open at 9:30", "Bay 3 is ready", "24 hours a day"])(
    "no amount: %s",
    (text) => {
      expect(statesAmount(text)).toBe(false);
    },
  );

  test.each([
    "Reply STOP to opt out.",
    "Text stop to end",
    "STOP = no more texts",
    "Responde ALTO para no recibir más",
    "Unsubscribe: x.example",
  ])("a way out: %s", (text) => {
    expect(hasOptOutLine({ text })).toBe(true);
  });

  test.each(["Stop by any time!", "We never stop improving.", "Please pay"])("no way out: %s", (text) => {
    expect(hasOptOutLine({ text })).toBe(false);
    expect(hasOptOutLine({ text, unsubscribeUrl: "https://club.example/u" })).toBe(true);
  });
});

describe("settings", () => {
  test("what nobody set is strict", () => {
    expect(STRICT_SEND_SETTINGS).toEqual({
      marketingStates: [],
      brandTextsPerDay: 2_000,
      contractConsent: null,
      keepsStopToItsTopic: false,
      remindersAreCollectionInNewYorkCity: true,
      proactivePerDay: 3,
      billingGapHours: 72,
      billingPerWeek: 3,
    });
  });

  test.each([
    { marketingStates: ["ZZ"] },
    { proactivePerDay: 4 },
    { proactivePerDay: 0 },
    { billingGapHours: 23 },
    { billingPerWeek: 8 },
    { contractConsent: { purposes: [], wording: "I agree to be texted about it." } },
    { contractConsent: { purposes: ["marketing"], wording: "I agree to be texted about it." } },
    { contractConsent: { purposes: ["billing"], wording: "yes" } },
    { unheardOf: true },
  ])("%o is refused", (over) => {
    expect(SendSettings.safeParse(over).success).toBe(false);
  });

  test("states are kept once each and in order", () => {
    expect(SendSettings.parse({ marketingStates: ["TX", "CA", "TX", "unknown"] }).marketingStates).toEqual(["CA", "TX", "unknown"]);
  });
});

test("whoever may be in two states has the stricter week of both", () => {
  const whereabouts = { phone: "+13035550123", state: "CA", postalCode: null, timeZone: null, clubTimeZone: "America/Denver" };
  const settings = { ...STRICT_SEND_SETTINGS, billingPerWeek: 7, billingGapHours: 1 };
  const touches = [30, 60, 90].map((hours) => ({ at: hoursAgo(hours), purpose: "billing" as const }));
  expect(ask({}, { whereabouts, settings, touches })).toMatchObject({
    kind: "defer",
    reason: "billing_week",
  });
});

test("whoever was left in peace so far has nothing to wait for", () => {
  const quiet = {
    purpose: "billing",
    regions: ["CO"],
    isNewYorkCity: false,
    touches: [],
    waiting: [],
    settings: STRICT_SEND_SETTINGS,
  } as const;
  expect(budgetWaits(quiet, NOON)).toEqual([]);
  expect(budgetWaits({ ...quiet, touches: [{ at: hoursAgo(200), purpose: "billing" }] }, NOON)).toEqual([]);
});
