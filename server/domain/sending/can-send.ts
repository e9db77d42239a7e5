import type { ChannelKind } from "../vocabulary.ts";
import { consentFor, type ConsentFact, type ConsentState } from "./consent.ts";
import { budgetWaits, type Touch, type Wait } from "./contact-budget.ts";
import { nextAllowedAt, openWeek, placeOf, type Place, type QuietHours, type Whereabouts } from "./quiet-hours.ts";
import { isAboutMoney, type SendPurpose } from "./send-purpose.ts";
import type { SendReason } from "./send-reasons.ts";
import { REPLY_EXEMPTION_MINUTES, STOP_SCOPE_ENDS_AT, UNKNOWN_REGION } from "./send-rules.ts";
import type { SendSettings } from "./settings.ts";

const MINUTE_MS = 60_000;

/** A message that nobody's own message asked for. */
export type ProactiveMessage = {
  readonly channelKind: ChannelKind;
  readonly purpose: SendPurpose;
  readonly statesAmount: boolean;
  readonly hasOptOutLine: boolean;
};

/** All that is known of the person, their debts and what was sent to them, at the moment of the question. */
export type SendFacts = {
  readonly whereabouts: Whereabouts;
  readonly isMinor: boolean;
  /** Whether the address belongs to one record of the club, to several, or to none. */
  readonly binding: "bound" | "shared" | "unknown";
  /** Has a contract with the club, so that its consent clause covers them. */
  readonly hasContract: boolean;
  readonly consents: readonly ConsentFact[];
  /** Wishes for silence in force for the address. */
  readonly suppressions: readonly ("all" | "marketing")[];
  readonly lastInboundAt: Date | null;
  readonly isDisputed: boolean;
  readonly isReferred: boolean;
  /** Begin of the day on which the person promised to pay; null = no open promise. */
  readonly promisedFrom: Date | null;
  readonly touches: readonly Touch[];
  /** More that is planned for the person and due. */
  readonly waiting: readonly SendPurpose[];
  /** When the brand's budget of texts has room again; null = it has. */
  readonly brandFreeAt: Date | null;
  readonly quietHours: QuietHours;
  readonly settings: SendSettings;
};

/** `reasons` are all that speak against it, the first of them being `reason`. */
export type SendVerdict =
  | { readonly kind: "send" }
  | { readonly kind: "defer"; readonly until: Date; readonly reason: SendReason; readonly reasons: readonly SendReason[] }
  | { readonly kind: "suppress"; readonly reason: SendReason; readonly reasons: readonly SendReason[] };

/**
 * Whether a message may go out uninvited now. All rules that apply are asked and the strictest wins: what forbids comes
 * before what delays, and a delay lasts until nothing delays any more.
 */
export const canSend = (message: ProactiveMessage, facts: SendFacts, now: Date): SendVerdict => {
  const place = placeOf(facts.whereabouts);
  const isAnswer = isAnswerToSomebody(message, facts, now);
  const refusals = refusalsOf({ message, facts, place, isAnswer }, now);
  const [refusal] = refusals;
  if (refusal !== undefined) {
    return { kind: "suppress", reason: refusal, reasons: refusals };
  }
  return isAnswer ? { kind: "send" } : timing({ message, facts, place }, now);
};

export const isText = (channelKind: ChannelKind): boolean => channelKind !== "email";

/** Somebody wrote a moment ago: what serves them is an answer. Nothing about money or advertising ever is. */
const isAnswerToSomebody = ({ purpose }: ProactiveMessage, { lastInboundAt }: SendFacts, now: Date): boolean =>
  purpose === "service" && lastInboundAt !== null && now.getTime() - lastInboundAt.getTime() <= REPLY_EXEMPTION_MINUTES * MINUTE_MS;

type Case = { readonly message: ProactiveMessage; readonly facts: SendFacts; readonly place: Place };

const refusalsOf = ({ message, facts, place, isAnswer }: Case & { readonly isAnswer: boolean }, now: Date): readonly SendReason[] => {
  const { purpose } = message;
  const isMoney = isAboutMoney(purpose);
  const consent = consentOf(message, facts);
  const checks: readonly (readonly [SendReason, boolean])[] = [
    ["suppressed", isSilenced(purpose, facts, now)],
    ["to_minor", facts.isMinor && purpose !== "service"],
    ["balance_disputed", isMoney && facts.isDisputed],
    ["referred", isMoney && facts.isReferred],
    ["consent_refused", consent === "refused" && !isAnswer],
    ["no_consent", consent === "none" && !isAnswer],
    ["no_written_consent", consent === "unproven" && purpose === "marketing" && isText(message.channelKind)],
    ["no_city_opt_in", needsCityOptIn({ message, facts, place }) && consentFor(facts.consents, message) !== "proven"],
    ["state_not_ticked", purpose === "marketing" && isText(message.channelKind) && !isTicked(place, facts.settings)],
    ["recipient_unproven", isMoney && facts.binding === "unknown"],
    ["shared_address_amount", message.statesAmount && facts.binding === "shared"],
    ["no_opt_out_line", purpose !== "service" && !message.hasOptOutLine],
  ];
  return checks.filter(([, holds]) => holds).map(([reason]) => reason);
};

/** Whether a wish for silence covers it. Which topic it was about counts only where the franchise asked for it, and only for a time. */
const isSilenced = (purpose: SendPurpose, { suppressions, settings }: SendFacts, now: Date): boolean => {
  const keepsToTopic = settings.keepsStopToItsTopic && now < STOP_SCOPE_ENDS_AT;
  return suppressions.some((scope) => scope === "all" || purpose === "marketing" || !keepsToTopic);
};

/** The person's own word, or where they gave none the clause of their contract. */
const consentOf = (message: ProactiveMessage, { consents, hasContract, settings }: SendFacts): ConsentState => {
  const own = consentFor(consents, message);
  const isCovered = hasContract && settings.contractConsent?.purposes.some((purpose) => purpose === message.purpose) === true;
  return own === "none" && isCovered ? "proven" : own;
};

/** A clause of a contract is no opt-in that can be taken back by itself, so it does not count here. */
const needsCityOptIn = ({ message: { purpose }, facts, place }: Case): boolean =>
  place.isNewYorkCity && (purpose === "collections" || (purpose === "billing" && facts.settings.remindersAreCollectionInNewYorkCity));

const isTicked = ({ regions }: Place, { marketingStates }: SendSettings): boolean =>
  (regions.length === 0 ? [UNKNOWN_REGION] : regions).every((region) => marketingStates.includes(region));

const timing = ({ message, facts, place }: Case, now: Date): SendVerdict => {
  const week = openWeek({ regions: place.regions, quietHours: facts.quietHours, isText: isText(message.channelKind) });
  const clocks = { zones: place.zones, week };
  const opensAt = nextAllowedAt(now, clocks);
  const waits = waitsOf({ message, facts, place }, now);
  const isQuiet = opensAt === null || opensAt > now;
  const reasons: readonly SendReason[] = [...waits.map(({ reason }) => reason), ...(isQuiet ? (["quiet_hours"] as const) : [])];
  const [reason] = reasons;
  if (reason === undefined) {
    return { kind: "send" };
  }
  const until = nextAllowedAt(new Date(Math.max(now.getTime(), ...waits.map((wait) => wait.until.getTime()))), clocks);
  return until === null
    ? { kind: "suppress", reason: "no_hour_left", reasons: ["no_hour_left", ...reasons] }
    : { kind: "defer", until, reason, reasons };
};

const waitsOf = ({ message, facts, place }: Case, now: Date): readonly Wait[] => {
  const { purpose, channelKind } = message;
  const { promisedFrom, brandFreeAt, touches, waiting, settings } = facts;
  const waits: readonly (Wait | null)[] = [
    isAboutMoney(purpose) && promisedFrom !== null ? { reason: "promised", until: promisedFrom } : null,
    ...budgetWaits({ purpose, touches, waiting, settings, regions: place.regions, isNewYorkCity: place.isNewYorkCity }, now),
    isText(channelKind) && brandFreeAt !== null ? { reason: "brand_day", until: brandFreeAt } : null,
  ];
  return waits.filter((wait) => wait !== null).filter(({ until }) => until > now);
};
