import type { ProactiveMessage, SendFacts } from "./can-send.ts";

/**
 * The rules of sending once more, for the tests alone: written from the specification in another way. It knows no
 * windows and no openings, only "may this minute", asks the clock of `Intl` and finds the next moment by walking.
 */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

const wallOf = (zone: string, at: number): { readonly weekday: string; readonly hhmm: number } => {
  const format =
    FORMATS.get(zone) ??
    new Intl.DateTimeFormat("en-US", { timeZone: zone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  FORMATS.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return { weekday: parts["weekday"] ?? "", hhmm: Number(parts["hour"]) * 100 + Number(parts["minute"]) };
};

export type OraclePlace = { readonly states: readonly string[]; readonly zones: readonly string[]; readonly isCity: boolean };

const isWithin = (hhmm: number, from: number, until: number): boolean => hhmm >= from && hhmm < until;

/** What a state says of one minute on its wall clock. */
const stateAllows = (state: string, { weekday, hhmm }: ReturnType<typeof wallOf>): boolean => {
  const isWeekend = weekday === "Sat" || weekday === "Sun";
  switch (state) {
    case "FL":
    case "OK":
    case "MD":
    case "NJ":
    case "MS":
      return isWithin(hhmm, 800, 2000);
    case "CT":
      return isWithin(hhmm, 900, 2000);
    case "TX":
      return weekday === "Sun" ? isWithin(hhmm, 1200, 2100) : isWithin(hhmm, 900, 2100);
    case "RI":
      return isWeekend ? isWithin(hhmm, 1000, 1700) : isWithin(hhmm, 900, 1800);
    case "CAN":
      return isWeekend ? isWithin(hhmm, 1000, 1800) : isWithin(hhmm, 900, 2130);
    default:
      return true;
  }
};

const isQuietForClub = (hhmm: number, { startMinute, endMinute }: SendFacts["quietHours"]): boolean => {
  const minute = Math.floor(hhmm / 100) * 60 + (hhmm % 100);
  if (startMinute === endMinute) {
    return false;
  }
  // A ring: from its start onwards until its end, counted forward.
  return (minute - startMinute + 1_440) % 1_440 < (endMinute - startMinute + 1_440) % 1_440;
};

type Hours = { readonly place: OraclePlace; readonly quietHours: SendFacts["quietHours"]; readonly isMail: boolean };

export const oracleAllowsMinute = (at: number, { place, quietHours, isMail }: Hours): boolean =>
  place.zones.every((zone) => {
    const wall = wallOf(zone, at);
    const isLoud = !isQuietForClub(wall.hhmm, quietHours);
    const isDaytime = isWithin(wall.hhmm, wall.weekday === "Sun" ? 1200 : 900, 2000);
    return isLoud && (isMail || (isDaytime && place.states.every((state) => stateAllows(state, wall))));
  });

/** Everything but the hour; `null` = nothing speaks against it. What forbids for good says `never`. */
export const oracleForbids = (
  message: ProactiveMessage,
  facts: SendFacts,
  { place, at }: { readonly place: OraclePlace; readonly at: number },
): "never" | "later" | null => {
  const { purpose, channelKind } = message;
  const isMail = channelKind === "email";
  const isDebt = purpose === "billing" || purpose === "collections";
  const hasJustWritten = facts.lastInboundAt !== null && at - facts.lastInboundAt.getTime() <= 15 * 60_000;
  const isReply = purpose === "service" && hasJustWritten;

  for (const scope of facts.suppressions) {
    const mayTakeNarrowly = facts.settings.keepsStopToItsTopic && at < Date.parse("2027-01-31T00:00:00Z");
    if (scope === "all" || !mayTakeNarrowly || purpose === "marketing") {
      return "never";
    }
  }
  if (isDebt && (facts.isDisputed || facts.isReferred || facts.binding === "unknown")) {
    return "never";
  }
  if ((facts.isMinor && purpose !== "service") || (message.statesAmount && facts.binding === "shared")) {
    return "never";
  }
  if (purpose !== "service" && !message.hasOptOutLine) {
    return "never";
  }
  const own = ownConsent(message, facts);
  if (!isReply && !mayWrite(message, facts, own)) {
    return "never";
  }
  const isCityDebt =
    place.isCity && (purpose === "collections" || (purpose === "billing" && facts.settings.remindersAreCollectionInNewYorkCity));
  if (isCityDebt && own !== "written") {
    return "never";
  }
  const ticks = new Set(facts.settings.marketingStates);
  if (purpose === "marketing" && !isMail && (place.states.length === 0 ? ["unknown"] : place.states).some((state) => !ticks.has(state))) {
    return "never";
  }
  return isReply || hasRoom(message, facts, { place, at }) ? null : "later";
};

const ownConsent = ({ purpose, channelKind }: ProactiveMessage, { consents }: SendFacts): "written" | "said" | "no" | "unasked" => {
  let newest = Number.NEGATIVE_INFINITY;
  let answer: "written" | "said" | "no" | "unasked" = "unasked";
  for (const row of consents) {
    const isSameRoad = (row.channelKind === "email") === (channelKind === "email");
    if (row.purpose !== purpose || !isSameRoad || row.at.getTime() < newest) {
      continue;
    }
    const said = !row.isGranted ? "no" : row.wording?.trim() && row.proof?.trim() ? "written" : "said";
    if (row.at.getTime() > newest || said === "no") {
      answer = said;
    } else if (answer !== "no" && row.at.getTime() === newest) {
      // Two grants of one instant say the same as the one that stands first.
      answer = answer === "unasked" ? said : answer;
    }
    newest = row.at.getTime();
  }
  return answer;
};

const mayWrite = ({ purpose, channelKind }: ProactiveMessage, facts: SendFacts, own: ReturnType<typeof ownConsent>): boolean => {
  if (own === "no") {
    return false;
  }
  if (own === "unasked") {
    const clause = facts.settings.contractConsent;
    return facts.hasContract && clause !== null && clause.purposes.some((one) => one === purpose);
  }
  return own === "written" || purpose !== "marketing" || channelKind === "email";
};

type Moment = { readonly place: OraclePlace; readonly at: number };

const hasRoom = ({ purpose, channelKind }: ProactiveMessage, facts: SendFacts, { place, at }: Moment): boolean => {
  const { settings, touches, waiting } = facts;
  const isDebt = purpose === "billing" || purpose === "collections";
  const within = (hours: number, among: readonly { readonly at: Date }[]): number =>
    among.filter((touch) => (at - touch.at.getTime()) / 3_600_000 < hours).length;
  const moreUrgent = purpose === "marketing" ? waiting.filter((other) => other !== "marketing").length : 0;
  if (within(24, touches) + moreUrgent >= settings.proactivePerDay) {
    return false;
  }
  if (channelKind !== "email" && facts.brandFreeAt !== null && facts.brandFreeAt.getTime() > at) {
    return false;
  }
  if (!isDebt) {
    return true;
  }
  const debts = touches.filter((touch) => touch.purpose === "billing" || touch.purpose === "collections");
  const isUnderCeiling = place.isCity || place.states.includes("CA");
  const perWeek = isUnderCeiling ? Math.min(3, settings.billingPerWeek) : settings.billingPerWeek;
  return (
    within(settings.billingGapHours, debts) === 0 &&
    within(168, debts) < perWeek &&
    (facts.promisedFrom === null || facts.promisedFrom.getTime() <= at)
  );
};
