import { formatInTimeZone } from "../local-time.ts";
import { isText, type ProactiveMessage, type SendFacts } from "./can-send.ts";
import { consentFor, countingConsent } from "./consent.ts";
import { placeOf } from "./quiet-hours.ts";
import { SEND_RULES_VERSION } from "./send-rules.ts";

/** What is kept with a message that went out, so that years later anybody can see why it was allowed. JSON. */
export type SendEvidence = {
  readonly rulesVersion: string;
  readonly settingsVersion: number;
  readonly purpose: string;
  readonly regions: readonly string[];
  readonly isNewYorkCity: boolean;
  /** The clocks at the recipient, such as `2026-11-23 09:14 America/Denver`. */
  readonly localTimes: readonly string[];
  readonly consent: {
    readonly state: string;
    readonly source: string | null;
    readonly wording: string | null;
    readonly proof: string | null;
    readonly at: string | null;
  };
  readonly touchesInDay: number;
  readonly brandBudget: number | null;
};

const DAY_MS = 86_400_000;

/** Taken at the moment of the decision, from the very facts it was decided by. */
export const evidenceOf = (message: ProactiveMessage, facts: SendFacts & { readonly settingsVersion: number }, now: Date): SendEvidence => {
  const place = placeOf(facts.whereabouts);
  const row = countingConsent(facts.consents, message);
  const clause = facts.hasContract && facts.settings.contractConsent?.purposes.some((one) => one === message.purpose) === true;
  return {
    rulesVersion: SEND_RULES_VERSION,
    settingsVersion: facts.settingsVersion,
    purpose: message.purpose,
    regions: place.regions,
    isNewYorkCity: place.isNewYorkCity,
    localTimes: place.zones.map((zone) => `${formatInTimeZone(now, zone, "yyyy-MM-dd HH:mm")} ${zone}`),
    consent: {
      state: row === null && clause ? "contract" : consentFor(facts.consents, message),
      source: row?.source ?? null,
      wording: row?.wording ?? (row === null && clause ? (facts.settings.contractConsent?.wording ?? null) : null),
      proof: row?.proof ?? null,
      at: row?.at.toISOString() ?? null,
    },
    touchesInDay: facts.touches.filter(({ at }) => at.getTime() > now.getTime() - DAY_MS).length,
    brandBudget: isText(message.channelKind) ? facts.settings.brandTextsPerDay : null,
  };
};
