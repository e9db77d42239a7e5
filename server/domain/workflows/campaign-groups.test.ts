import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { addDays, daysBetween } from "../calendar-date.ts";
import { campaignRoom, decideCampaign, type CampaignFacts } from "./campaign-groups.ts";
import { CampaignSettings, DEFAULT_CAMPAIGN_SETTINGS } from "./settings.ts";

const TODAY = "2026-11-23";
const daysAgo = fc.option(fc.integer({ min: -3, max: 70 }), { nil: null, freq: 3 });

const anyFacts: fc.Arbitrary<CampaignFacts> = fc
  .record({
    joined: daysAgo,
    campaign: daysAgo,
    isPayPerVisit: fc.boolean(),
    isProspect: fc.boolean(),
    isMember: fc.boolean(),
    owesMinor: fc.oneof(fc.constantFrom(0n, 1n, 2n), fc.bigInt({ min: 0n, max: 30_000n })),
    wasWritten: fc.boolean(),
    hadGreenWelcome: fc.boolean(),
    hasOpenPlan: fc.boolean(),
    isAgentOff: fc.boolean(),
    hasOptedOut: fc.boolean(),
    hasAddress: fc.boolean(),
  })
  .map(({ campaign, joined, ...facts }) => ({
    ...facts,
    joinedOn: joined === null ? null : addDays(TODAY, -joined),
    lastCampaignOn: campaign === null ? null : addDays(TODAY, -Math.max(0, campaign)),
  }));

const anySettings: fc.Arbitrary<CampaignSettings> = fc.record({
  greenDays: fc.integer({ min: 1, max: 60 }),
  payPerVisitEveryDays: fc.integer({ min: 7, max: 60 }),
  prospectEveryDays: fc.integer({ min: 7, max: 60 }),
  groups: fc.record({ green: fc.boolean(), pay_per_visit: fc.boolean(), prospect: fc.boolean() }),
  maxPerRun: fc.integer({ min: 1, max: 50 }),
  maxPerDay: fc.integer({ min: 1, max: 50 }),
  tellsOfFailures: fc.boolean(),
});

/** The rule table read the other way: which texts somebody could get at all, each with everything that it takes; the first one that is left. */
const oracle = (facts: CampaignFacts, settings: CampaignSettings): string | null => {
  const age = facts.joinedOn === null ? Number.NaN : daysBetween(facts.joinedOn, TODAY);
  const isNew = age >= 0 && age <= settings.greenDays;
  const rest = facts.lastCampaignOn === null ? Number.POSITIVE_INFINITY : daysBetween(facts.lastCampaignOn, TODAY);
  const reachable = facts.hasAddress && !facts.hasOptedOut && !facts.isAgentOff && !facts.hasOpenPlan && facts.owesMinor <= 1n;
  const isLead = facts.isProspect && !facts.isMember && !facts.isPayPerVisit && !isNew;
  const texts: readonly (readonly [string, boolean])[] = [
    ["green_member_welcome", isNew && settings.groups.green && !facts.hadGreenWelcome],
    ["ppv_conversion", !isNew && facts.isPayPerVisit && settings.groups.pay_per_visit && rest >= settings.payPerVisitEveryDays],
    ["prospect_welcome", isLead && settings.groups.prospect && !facts.wasWritten && rest === Number.POSITIVE_INFINITY],
    [
      "monthly_special",
      isLead && settings.groups.prospect && rest >= settings.prospectEveryDays && (facts.wasWritten || rest < Number.POSITIVE_INFINITY),
    ],
  ];
  return reachable ? (texts.find(([, isDue]) => isDue)?.[0] ?? null) : null;
};

const textOf = (facts: CampaignFacts, settings: CampaignSettings): string | null => {
  const decision = decideCampaign(facts, settings, TODAY);
  return decision.kind === "act" ? decision.templateKey : null;
};

const NOBODY: CampaignFacts = {
  joinedOn: null,
  isPayPerVisit: false,
  isProspect: true,
  isMember: false,
  owesMinor: 0n,
  wasWritten: false,
  hadGreenWelcome: false,
  lastCampaignOn: null,
  hasOpenPlan: false,
  isAgentOff: false,
  hasOptedOut: false,
  hasAddress: true,
};

describe("who gets which campaign text", () => {
  test("agrees with the rule table read the other way, for 20,000 people and settings", () => {
    fc.assert(
      fc.property(anyFacts, anySettings, (facts, settings) => {
        expect(textOf(facts, settings)).toBe(oracle(facts, settings));
      }),
      { numRuns: 20_000 },
    );
  });

  test("everybody who gets nothing is told why, in one group or none", () => {
    fc.assert(
      fc.property(anyFacts, anySettings, (facts, settings) => {
        const decision = decideCampaign(facts, settings, TODAY);
        expect(decision.reason).not.toBe("");
        expect(decision.kind === "act" ? decision.group : "nobody").not.toBeNull();
      }),
    );
  });

  const green = { joinedOn: "2026-11-01", isMember: true };
  const guest = { isPayPerVisit: true, isMember: true };
  const act = (group: string, templateKey: string, reason: string) => ({ kind: "act", group, templateKey, reason });
  const not = (kind: "skip" | "suppress", group: string | null, reason: string) => ({ kind, group, reason });
  test.each<[string, Partial<CampaignFacts>, object]>([
    ["a new member", green, act("green", "green_member_welcome", "green_welcome_due")],
    ["a new member who was welcomed", { ...green, hadGreenWelcome: true }, not("skip", "green", "had_welcome")],
    ["a guest", guest, act("pay_per_visit", "ppv_conversion", "ppv_offer_due")],
    ["a guest of yesterday", { ...guest, lastCampaignOn: "2026-11-22" }, not("skip", "pay_per_visit", "written_recently")],
    ["a prospect", {}, act("prospect", "prospect_welcome", "prospect_never_written")],
    ["a prospect of last month", { lastCampaignOn: "2026-10-01" }, act("prospect", "monthly_special", "prospect_special_due")],
    ["a prospect of yesterday", { lastCampaignOn: "2026-11-22" }, not("skip", "prospect", "written_recently")],
    ["a member of years", { isMember: true }, not("skip", null, "no_group")],
    ["a member of whom nobody knows since when", { isMember: true, isProspect: false }, not("skip", null, "no_group")],
    ["whoever owes", { owesMinor: 2n }, not("skip", "prospect", "owes")],
    ["whoever has something planned", { hasOpenPlan: true }, not("skip", "prospect", "already_planned")],
    ["whoever Spotter is switched off for", { isAgentOff: true }, not("suppress", "prospect", "agent_off")],
    ["whoever opted out", { hasOptedOut: true }, not("suppress", "prospect", "opted_out")],
    ["whoever has no address", { hasAddress: false }, not("suppress", "prospect", "no_address")],
  ])("%s: the group, the text and the reason", (_who, over, decision) => {
    expect(decideCampaign({ ...NOBODY, ...over }, DEFAULT_CAMPAIGN_SETTINGS, TODAY)).toEqual(decision);
  });

  test("a group that is switched off gets nothing, and that is said of it", () => {
    const settings = { ...DEFAULT_CAMPAIGN_SETTINGS, groups: { green: true, pay_per_visit: true, prospect: false } };
    expect(decideCampaign(NOBODY, settings, TODAY)).toEqual({ kind: "skip", group: "prospect", reason: "group_off" });
  });

  test.each([
    ["joined 30 days ago", { joinedOn: "2026-10-24", isMember: true }, "green_member_welcome"],
    ["joined 31 days ago", { joinedOn: "2026-10-23", isMember: true }, null],
    ["joins tomorrow", { joinedOn: "2026-11-24", isMember: true }, null],
    ["new, welcomed, and paying per visit", { joinedOn: "2026-11-01", hadGreenWelcome: true, isPayPerVisit: true }, null],
    ["last written to 29 days ago", { lastCampaignOn: "2026-10-25" }, null],
    ["last written to 30 days ago", { lastCampaignOn: "2026-10-24" }, "monthly_special"],
    ["written to by staff, never by a campaign", { wasWritten: true }, "monthly_special"],
    ["owes a cent", { owesMinor: 1n }, "prospect_welcome"],
    ["owes two cents", { owesMinor: 2n }, null],
    ["is a member and still on the list of prospects", { isMember: true }, null],
  ])("somebody who %s", (_who, facts, expected) => {
    expect(textOf({ ...NOBODY, ...facts }, DEFAULT_CAMPAIGN_SETTINGS)).toBe(expected);
  });
});

test("there is never more room than either limit leaves, and never less than none", () => {
  fc.assert(
    fc.property(anySettings, fc.nat(80), fc.nat(80), (settings, inRun, more) => {
      const inDay = inRun + more;
      const { count, reason } = campaignRoom(settings, { inRun, inDay });
      expect(count).toBe(Math.max(0, Math.min(settings.maxPerRun - inRun, settings.maxPerDay - inDay)));
      expect(reason).toBe(Math.max(0, settings.maxPerDay - inDay) < Math.max(0, settings.maxPerRun - inRun) ? "day_cap" : "run_cap");
    }),
  );
});

test("the default settings are settings", () => {
  expect(CampaignSettings.parse(DEFAULT_CAMPAIGN_SETTINGS)).toEqual(DEFAULT_CAMPAIGN_SETTINGS);
});
