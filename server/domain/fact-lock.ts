import { normaliseLink, readClaims, readHour } from "./claims.ts";
import type { Claim } from "./claims.ts";
import { sentencesOf } from "./draft-phrases.ts";
import type { Finding } from "./finding.ts";
import { plainWords } from "./plain-words.ts";

export type FactSources = {
  /** Texts of the club: articles, its phone number, its hours, and results of tools of this run. */
  readonly facts: readonly string[];
  /** The contact's own messages. They lend a number, a day or an hour back; nothing that the club would be saying with it. */
  readonly contactWords: readonly string[];
  readonly allowedLinkHosts: readonly string[];
};

/**
 * Holds a draft that states what nobody told Spotter. Every price, percentage, amount, date, weekday, hour, phone
 * number, link, offer and any other number of the draft must be found in the sources; each one that is not is one
 * finding.
 */
export const checkFacts = (draft: string, sources: FactSources): readonly Finding[] => {
  const club = supportOf(sources.facts);
  const contact = supportOf(sources.contactWords);
  const hosts = new Set(sources.allowedLinkHosts.map(normaliseLink));
  const statements = sentencesOf(draft).filter((sentence) => CLUB_STATEMENT.test(plainWords(sentence)));
  const isSupported = (claim: Claim): boolean => {
    const isBareHost = claim.kind === "link" && claim.values.some((value) => hosts.has(value.slice("link:".length)));
    const isLent = LENT.has(claim.kind) && !statements.some((sentence) => sentence.includes(claim.span)) && hasSupport(contact, claim);
    return isBareHost || isLent || hasSupport(club, claim);
  };
  const spans = new Set(
    readClaims(draft)
      .filter((claim) => !isSupported(claim))
      .map((claim) => claim.span),
  );
  return [...spans].map((span) => ({ code: "fact_lock", span }));
};

/** "Bay 7 on Thursday at 6, right?" gives back what was asked for. A price, a telephone number or a link is never the contact's to give. */
const LENT: ReadonlySet<Claim["kind"]> = new Set(["number", "date", "month", "time", "weekday"]);
/** Here the club itself states hours, prices or a balance: that somebody wrote the figure before makes it no truer. */
const CLUB_STATEMENT =
  /\b(?:open|opens|close|closes|closed|hours|staffed|costs?|prices?|fees?|pay|charged?|dues|monthly|annual|per month|a month|per year|a year|balance|owe|owed|due|abrimos|abre|cerramos|cierra|horario|cuestan?|precio|cuota|pagas?|al mes|saldo|debes?)\b/;

/** Keyed values such as `money:1500` and `weekday:0`. */
export type Support = ReadonlySet<string>;

/** Every value that texts state or imply. */
export const supportOf = (texts: readonly string[]): Support => {
  const support = new Set<string>();
  // A draft may stand in one line what a fact spreads over several.
  for (const text of new Set(texts.flatMap((written) => [written, written.replace(/\s+/gu, " ")]))) {
    for (const value of readClaims(text).flatMap((claim) => claim.values)) {
      support.add(value);
      for (const implied of impliedBy(value)) {
        support.add(implied);
      }
    }
    for (const hours of text.matchAll(BARE_HOURS)) {
      for (const value of hours.slice(1).flatMap(readHour)) {
        support.add(value);
      }
    }
  }
  return support;
};

/** Opening hours written as "Mon–Fri 5–23". */
const BARE_HOURS = /(?<![\d:$/.-])([01]?\d|2[0-4])\s?[-–—]\s?([01]?\d|2[0-4])(?![\d:/%.-]|\s?(?:am|pm))/g;

/** What else is true with a value: a date names its month and day, a price its bare number ("25 a month"). */
export const impliedBy = (value: string): readonly string[] => {
  const [kind, rest = ""] = value.split(":");
  switch (kind) {
    case "date":
      return [`month:${Number(rest.slice(0, 2))}`, `day:${Number(rest.slice(3))}`];
    case "money":
      return [`number:${Number(rest) / 100}`];
    case "percent":
      return [`number:${rest}`];
    case "phone":
      return [`phone:${rest.slice(-7)}`];
    default:
      return [];
  }
};

const hasSupport = (support: Support, claim: Claim): boolean => claim.values.some((value) => support.has(value));
