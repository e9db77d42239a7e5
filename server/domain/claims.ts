import { MONTH_WORDS } from "./month-words.ts";
import { NUMBER_WORDS } from "./number-words.ts";

/** One checkable statement of a text: a price, an hour, a date, a phone number, a link, any other number, an offer. */
export type Claim = {
  readonly kind: "link" | "phone" | "percent" | "money" | "allDay" | "date" | "month" | "time" | "weekday" | "number" | "offer";
  /** Any one of these readings, such as `time:330`, must be supported; "5:30" without a.m. or p.m. has two. */
  readonly values: readonly string[];
  /** The words as they stand in the text. */
  readonly span: string;
};

type Extractor = {
  readonly kind: Claim["kind"];
  readonly pattern: RegExp;
  readonly read: (match: RegExpExecArray) => readonly (readonly string[])[];
};

/**
 * Every statement of a text that can be checked against facts. Each pattern takes its words out of the text before
 * the next one looks, so that "$25" is never also the number 25; whatever digits are left become plain numbers.
 */
export const readClaims = (text: string): readonly Claim[] => {
  const claims: Claim[] = [];
  // One spelling of each letter and of the blank; line breaks stay.
  let rest = text.normalize("NFC").replace(/[^\S\n]/gu, " ");
  for (const { kind, pattern, read } of EXTRACTORS) {
    for (const match of rest.matchAll(pattern)) {
      for (const values of read(match)) {
        claims.push({ kind, values, span: match[0].replace(/[\s.,;:!?]+$/, "") });
      }
    }
    rest = rest.replace(pattern, (words) => " ".repeat(words.length));
  }
  return claims;
};

const WORD = Object.keys(NUMBER_WORDS).join("|");
const NUM = `(?:\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?|${WORD})`;

const numberOf = (written: string): number => NUMBER_WORDS[written.toLowerCase()] ?? Number(written.replaceAll(",", ""));

const MONTH = MONTH_WORDS.flat()
  .toSorted((a, b) => b.length - a.length)
  .join("|");
const monthOf = (name: string): number => MONTH_WORDS.findIndex((names) => names.includes(name.toLowerCase())) + 1;
const two = (value: number): string => `${value}`.padStart(2, "0");

const WEEKDAYS: readonly RegExp[] = [
  /^(mon|lun)/,
  /^(tue|mar)/,
  /^(wed|mi[eé])/,
  /^(thu|jue)/,
  /^(fri|vie)/,
  /^(sat|s[aá]b)/,
  /^(sun|dom)/,
];
const DAY =
  "mondays?|mon|tuesdays?|tues?|wednesdays?|weds?|thursdays?|thurs?|thu|fridays?|fri|saturdays?|sat|sundays?|sun|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bados?|domingos?";
const dayOf = (name: string): number => WEEKDAYS.findIndex((start) => start.test(name.toLowerCase()));
const daysFrom = (first: number, last: number): readonly string[] =>
  Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, step) => `weekday:${(first + step) % 7}`);

const MERIDIEM = "(a\\.?\\s?m\\b\\.?|p\\.?\\s?m\\b\\.?)";
/** Minutes after midnight, in every reading the words allow. */
const minutesOf = (hour: string, minute: string | undefined, half: string | undefined): readonly string[] => {
  const hours = Number(hour);
  const minutes = Number(minute ?? 0);
  if (half === undefined) {
    const readings = hours <= 12 ? [hours % 12, (hours % 12) + 12] : [hours % 24];
    return readings.map((reading) => `time:${reading * 60 + minutes}`);
  }
  return [`time:${((hours % 12) + (/^p/i.test(half) ? 12 : 0)) * 60 + minutes}`];
};

/** Both readings of a bare hour such as "5" in "5–23". */
export const readHour = (hour: string): readonly string[] => minutesOf(hour, undefined, undefined);

// A run of letters is tried from its beginning alone: from each of its places, a thousand letters would be a million steps.
const LINK = String.raw`https?:\/\/[^\s<>"'“”)]+|www\.[^\s<>"'“”)]+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.@-])(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,24}\b(?:\/[^\s<>"'“”)]*)?`;

/** An address written so that no program takes it for one, and a person does: `evil[.]example`, `evil dot com`. */
const DISGUISED_LINK =
  /\bhxxps?\b|(?<![\w-])[\w-]+\s?(?:\[\.\]|\(\.\)|\[dot\]|\(dot\))\s?[a-z]{2,}|(?<![\p{L}\p{N}-])[\p{L}\p{N}-]+[．。｡][a-z][a-z0-9-]+|(?<![\w-])[\w-]+ (?:dot|punto) (?:com|net|org|io|co|app|example)\b/giu;
/** A host with letters of other alphabets, which many a font shows like a known one. */
const FOREIGN_LINK = /(?<![\p{L}\p{N}-])(?=[\p{L}\p{N}.-]*[^\P{L}\p{ASCII}])[\p{L}\p{N}-]+\.\p{L}{2,}/gu;
/** An account with some other service, such as `@ironwood-pay` or `$ironwoodpay`. */
const HANDLE = /(?<![\w.@])@[a-z][\w.-]+|(?<![\w$])\$[a-z][\w-]*/gi;

/** Host and path of a link, or an e-mail address, as two spellings are compared. */
export const normaliseLink = (link: string): string =>
  link
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/^www\./, "")
    .replace(/[.,;:!?]+$/, "")
    .replace(/\/$/, "");

const first = (match: RegExpExecArray, index: number): string => match[index] ?? "";
const all = (days: readonly string[]): readonly (readonly string[])[] => days.map((day) => [day]);

const OFFERS: readonly { readonly key: string; readonly words: string }[] = [
  {
    key: "free",
    words:
      "(?<!feel |are you |you're |you’re |if you |you are |\\w-)free(?! weights?| up\\b)|complimentary|gratis|gratuit[oa]s?|on the house|no cost|no charge|without charge|sin costo",
  },
  { key: "no fee", words: "no (?:\\w+ )?(?:fees?|commitment|contract|obligation|penalty|penalties)|sin (?:contrato|compromiso|cargos?)" },
  { key: "waive", words: "waive[ds]?|waiving" },
  { key: "discount", words: "discount(?:s|ed)?|half[ -]off|half[ -]price|descuentos?|a mitad de precio|bogo|buy one get one" },
  { key: "guarantee", words: "guarantee[ds]?|garantizad[oa]s?|garantizamos|garant[ií]a" },
  { key: "refund", words: "(?:non-?)?refundable|refund(?:s|ed)?|reembols(?:o|os|able|ables)|money back" },
  { key: "promotion", words: "promo(?:tion|tions|s)?|promoci[oó]n(?:es)?|special (?:offer|rate|price|deal)s?|oferta especial" },
  // A road for money that nobody of the club named may lead anywhere.
  {
    key: "pay by",
    words:
      "venmo|zelle|cash ?app|pay ?pal|bitcoins?|crypto(?:currency|currencies)?|western union|moneygram|wire transfers?|transferencia bancaria",
  },
  { key: "unlimited", words: "unlimited|ilimitad[oa]s?" },
];

const EXTRACTORS: readonly Extractor[] = [
  { kind: "link", pattern: new RegExp(LINK, "gi"), read: (match) => [[`link:${normaliseLink(match[0])}`]] },
  { kind: "link", pattern: DISGUISED_LINK, read: (match) => [[`link:${normaliseLink(match[0])}`]] },
  { kind: "link", pattern: FOREIGN_LINK, read: (match) => [[`link:${normaliseLink(match[0])}`]] },
  { kind: "link", pattern: HANDLE, read: (match) => [[`link:${normaliseLink(match[0])}`]] },
  {
    kind: "phone",
    pattern: /(?<![\d$])(?:\+\d{1,3}[\s.-]?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]?\d{4}(?!\d)|(?<![\d$.-])\d{3}[.-]\d{4}(?![\d-])/g,
    read: (match) => [[`phone:${match[0].replace(/\D/g, "").slice(-10)}`]],
  },
  {
    kind: "allDay",
    pattern:
      /\b(?:24\s?\/\s?7|(?:open|access) 24[\s-]hours?|24[\s-]hours? (?:a day|per day|access)|24 horas al d[ií]a|las 24 horas|around the clock|always open|open all (?:day|night))/gi,
    read: () => [["allDay"]],
  },
  {
    kind: "percent",
    pattern: new RegExp(`(?<!\\w)(${NUM})\\s?(?:%|percent\\b|per cent\\b|por ciento\\b)`, "gi"),
    read: (match) => [[`percent:${numberOf(first(match, 1))}`]],
  },
  {
    kind: "money",
    pattern: new RegExp(
      `(?:US|CA|C|MX)?[$€£]\\s?(${NUM})|\\b(?:usd|cad)\\s?(${NUM})|(?<!\\w)(${NUM})\\s?(?:dollars?|bucks|usd|cad|d[oó]lares|d[oó]lar|pesos|euros?)\\b`,
      "gi",
    ),
    read: (match) => [[`money:${Math.round(numberOf(match[1] ?? match[2] ?? first(match, 3)) * 100)}`]],
  },
  {
    kind: "money",
    pattern: /\b(?:one|a|single|un|una) (dollar|buck|euro|peso|d[oó]lar|grand(?! (?:opening|prize|finale|total|slam)))(?![\p{L}])/giu,
    read: (match) => [[`money:${/^grand$/i.test(first(match, 1)) ? 100_000 : 100}`]],
  },
  {
    kind: "money",
    pattern: new RegExp(`(?<!\\w)(${NUM})\\s?(?:cents\\b|centavos\\b|¢)`, "gi"),
    read: (match) => [[`money:${numberOf(first(match, 1))}`]],
  },
  {
    kind: "date",
    pattern: /\b(?:19|20)\d\d-(\d\d)-(\d\d)(?:T[\d:.]+Z?)?/g,
    read: (match) => [[`date:${first(match, 1)}-${first(match, 2)}`]],
  },
  {
    kind: "date",
    pattern: new RegExp(`\\b(${MONTH})\\.?\\s(\\d{1,2})(?:st|nd|rd|th)?\\b(?!\\s?(?:am|pm|:\\d))`, "gi"),
    read: (match) => [[`date:${two(monthOf(first(match, 1)))}-${two(Number(match[2]))}`]],
  },
  {
    kind: "date",
    pattern: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s(?:of\\s|de\\s)?(${MONTH})\\b`, "gi"),
    read: (match) => [[`date:${two(monthOf(first(match, 2)))}-${two(Number(match[1]))}`]],
  },
  {
    kind: "date",
    pattern: /(?<![\d/])(\d{1,2})\/(\d{1,2})(?:\/(?:\d{4}|\d{2}))?(?![\d/])/g,
    read: (match) => [[`date:${two(Number(match[1]))}-${two(Number(match[2]))}`]],
  },
  {
    kind: "month",
    pattern: new RegExp(
      `\\b(?:in|until|till|by|through|thru|since|of|from|en|hasta|desde|next|this|early|late|mid|end of)[\\s-](${MONTH})\\b`,
      "gi",
    ),
    read: (match) => [[`month:${monthOf(first(match, 1))}`]],
  },
  {
    kind: "time",
    pattern: new RegExp(
      `(?<![\\d:$.])(\\d{1,2})(?::(\\d\\d))?\\s?(?:-|–|—|to|until|till|a)\\s?(\\d{1,2})(?::(\\d\\d))?\\s?${MERIDIEM}`,
      "gi",
    ),
    read: (match) => [minutesOf(first(match, 1), match[2], undefined), minutesOf(first(match, 3), match[4], match[5])],
  },
  {
    kind: "time",
    pattern: new RegExp(`(?<![\\d:$.])(\\d{1,2})(?::(\\d\\d))?\\s?${MERIDIEM}`, "gi"),
    read: (match) => [minutesOf(first(match, 1), match[2], match[3])],
  },
  {
    kind: "time",
    pattern: /(?<![\d:$.])(\d{1,2})(?::(\d\d))?\s(?:de|por|in) (?:la|the) (mañana|manana|morning|tarde|noche|afternoon|evening|night)/gi,
    read: (match) => [minutesOf(first(match, 1), match[2], /^m/i.test(first(match, 3)) ? "am" : "pm")],
  },
  {
    kind: "time",
    pattern: /(?<![\d:$.])([01]?\d|2[0-4]):([0-5]\d)(?!\d)/g,
    read: (match) => [minutesOf(first(match, 1), match[2], undefined)],
  },
  { kind: "time", pattern: /\b(?:noon|mediod[ií]a)\b/gi, read: () => [["time:720"]] },
  { kind: "time", pattern: /\b(?:midnight|medianoche)\b/gi, read: () => [["time:0"]] },
  { kind: "weekday", pattern: /\b(?:weekdays?|entre semana)\b/gi, read: () => all(daysFrom(0, 4)) },
  { kind: "weekday", pattern: /\b(?:weekends?|fin(?:es)? de semana)\b/gi, read: () => all(daysFrom(5, 6)) },
  {
    kind: "weekday",
    pattern: /\b(?:daily|every ?day|each day|(?:seven|7) days(?: a week| per week)?|todos los d[ií]as|cada d[ií]a)\b/gi,
    read: () => all(daysFrom(0, 6)),
  },
  {
    kind: "weekday",
    pattern: new RegExp(`\\b(${DAY})\\.?\\s?(?:-|–|—|to|through|thru|until|a)\\s?(${DAY})\\b`, "gi"),
    read: (match) => all(daysFrom(dayOf(first(match, 1)), dayOf(first(match, 2)))),
  },
  { kind: "weekday", pattern: new RegExp(`\\b(${DAY})\\b`, "gi"), read: (match) => [[`weekday:${dayOf(first(match, 1))}`]] },
  ...OFFERS.map(({ key, words }): Extractor => ({
    kind: "offer",
    pattern: new RegExp(`(?<!\\w)(?:${words})(?!\\w)`, "gi"),
    read: () => [[`offer:${key}`]],
  })),
  {
    kind: "number",
    pattern:
      /(?<=\b(?:at|until|till|by|from|to|before|after|around|open|opens|close|closes|las|hasta|desde) )(\d{1,2})(?![\w:%•/]|[.,-]\d)/gi,
    read: (match) => [[...minutesOf(first(match, 1), undefined, undefined), `number:${Number(match[1])}`]],
  },
  {
    kind: "number",
    pattern: /(?<!\w)(\d{1,2})(?:st|nd|rd|th)\b/gi,
    read: (match) => [[`day:${Number(match[1])}`, `number:${Number(match[1])}`]],
  },
  {
    kind: "number",
    pattern: new RegExp(`(?<![\\w•])(?:${NUM})(?![\\w•])|\\d+`, "gi"),
    read: (match) => [[`number:${numberOf(match[0])}`]],
  },
  // Figures of other alphabets and mathematical ones: supported by the very same ones and by nothing else.
  { kind: "number", pattern: /[^\P{N}\p{ASCII}]+/gu, read: (match) => [[`number:${match[0]}`]] },
];
