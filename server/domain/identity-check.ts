import { MONTH_WORDS } from "./month-words.ts";

/** Reading who somebody says they are, and the code they send in. Pure; nothing here says whether such a person exists. */

/** What was said: enough to look for exactly one member. */
export type Claim = {
  /** The words that may be a name, folded. */
  readonly words: readonly string[];
  /** Days of birth as they may be meant, `1990-03-04`; two where month and day could be either. */
  readonly birthDates: readonly string[];
  readonly email: string | null;
};

/** First and last name, with room for two each: a list of names is no name. */
const NAME_WORDS = { min: 2, max: 6 } as const;

const EMAIL = /[^\s,;:<>()"]+@[^\s,;:<>()"]+\.[a-z]{2,}/iu;
const ISO = /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/u;
const NUMERIC = /\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b/u;
const MONTH_FIRST = /\b([a-zà-ÿ]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (?:of )?(\d{4})\b/iu;
const DAY_FIRST = /\b(\d{1,2})(?:st|nd|rd|th)?(?: of| de)? ([a-zà-ÿ]{3,10})\.?,?(?: de| del)? (\d{4})\b/iu;

/** Words around a name that belong to no name. */
const FILLER = new Set(
  "hi hello hey yes ok okay sure my name is im i am this it its the and born on dob date of birth birthday email e mail address here hola si sí mi nombre es me llamo soy naci nací el fecha de nacimiento correo electronico y".split(
    " ",
  ),
);

/** Who somebody says they are; null where the text is no such statement. */
export const readClaim = (text: string): Claim | null => {
  const email = EMAIL.exec(text)?.[0].toLowerCase() ?? null;
  const date = readDate(text);
  if (email === null && date === null) {
    return null;
  }
  const rest = [email, date?.text].reduce<string>(
    (left, part) => (part == null ? left : left.replace(new RegExp(escaped(part), "iu"), " ")),
    text,
  );
  const words = nameWords(rest).filter((word) => !FILLER.has(word));
  return words.length < NAME_WORDS.min || words.length > NAME_WORDS.max || /\d/.test(rest)
    ? null
    : { words, birthDates: date?.days ?? [], email };
};

/** Whether a member is called what was said: each part of the record's name, first and last, was named. */
export const isNamed = ({ words }: Claim, member: { readonly firstName: string; readonly lastName: string }): boolean => {
  const [first, last] = [nameWords(member.firstName), nameWords(member.lastName)];
  return first.length > 0 && last.length > 0 && [...first, ...last].every((word) => words.includes(word));
};

const nameWords = (text: string): readonly string[] =>
  text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== "");

const readDate = (text: string): { readonly text: string; readonly days: readonly string[] } | null => {
  const found = [
    parts(ISO.exec(text), ([year, month, day]) => [[year, month, day]]),
    parts(NUMERIC.exec(text), ([left, right, year]) => [
      [year, left, right],
      [year, right, left],
    ]),
    parts(MONTH_FIRST.exec(text), ([month, day, year]) => [[year, monthOf(month), day]]),
    parts(DAY_FIRST.exec(text), ([day, month, year]) => [[year, monthOf(month), day]]),
  ];
  return found.find((date) => date !== null) ?? null;
};

type Triple = readonly [string, string, string];

const parts = (match: RegExpExecArray | null, read: (groups: Triple) => readonly Triple[]) => {
  const [text, one, two, three] = match ?? [];
  if (text === undefined || one === undefined || two === undefined || three === undefined) {
    return null;
  }
  const days = [...new Set(read([one, two, three]).flatMap(([year, month, day]) => dayOf(year, month, day)))];
  return days.length === 0 ? null : { text, days };
};

const monthOf = (word: string): string => String(MONTH_WORDS.findIndex((names) => names.includes(word.toLowerCase())) + 1);

/** A day that exists, or none. */
const dayOf = (year: string, month: string, day: string): readonly string[] => {
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const instant = new Date(`${date}T12:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date) ? [date] : [];
};

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** What stands in the place of a code wherever one is kept or shown. */
export const CODE_MASK = "••••••";
const SIX_DIGITS = /(?<!\d)\d{3}[ -]?\d{3}(?!\d)/gu;

/** The six digits of a text that waits to be read as a code; more than one number is a guess and no code. Null without any. */
export const readCode = (text: string): { readonly code: string | null; readonly masked: string } | null => {
  const found = [...text.normalize("NFKC").matchAll(SIX_DIGITS)].map(([digits]) => digits.replaceAll(/\D/gu, ""));
  return found.length === 0
    ? null
    : { code: found.length === 1 ? (found[0] ?? null) : null, masked: text.normalize("NFKC").replaceAll(SIX_DIGITS, CODE_MASK) };
};

const OUR_CODE = /(\byour check code is |\btu código de verificación es )\d{6}\b/giu;

/** Our own text with a code, as a vendor shows it to us again: what we keep of it has none. */
export const maskOwnCodes = (text: string): string => text.replaceAll(OUR_CODE, `$1${CODE_MASK}`);

export type CheckLine = "offer" | "code" | "sent" | "verified" | "wrong" | "expired" | "person";

type Facts = {
  readonly clubName: string;
  readonly language: "en" | "es";
  /** How the club's people answer, as `nextAnswerText` says it. */ readonly when?: string;
};

/** What is said in a check. `sent` is said whether or not such a person exists. */
export const checkLine = (line: CheckLine, { clubName, language, when = "" }: Facts): string =>
  (language === "es" ? SPANISH : ENGLISH)[line].replaceAll("{club}", clubName).replaceAll("{when}", when);

const ENGLISH = {
  offer:
    "I can only share account details once I know it is you. Please reply with your first and last name and your date of birth, or the e-mail address we have for you.",
  code: `{club}: your check code is ${CODE_MASK}. It works for 10 minutes. If you did not ask for it, you can ignore this message.`,
  sent: "Thanks. If we have you on file, a code is on its way to the address we know. Please reply with its 6 digits within 10 minutes.",
  verified: "Thank you, that matches. One moment, please.",
  wrong: "That code does not match. Please check it and send it again.",
  expired: "That code has run out. Please send me your name and your date of birth or e-mail address again for a new one.",
  person: "I could not check who you are here, so I'm passing this to a person at {club}, who will answer you here {when}.",
} as const satisfies Record<CheckLine, string>;

const SPANISH = {
  offer:
    "Solo puedo dar datos de la cuenta cuando sé que eres tú. Responde con tu nombre y apellido y tu fecha de nacimiento, o el correo electrónico que tenemos.",
  code: `{club}: tu código de verificación es ${CODE_MASK}. Vale 10 minutos. Si no lo pediste, puedes ignorar este mensaje.`,
  sent: "Gracias. Si estás en nuestros registros, un código va en camino a la dirección que conocemos. Responde con sus 6 cifras en 10 minutos.",
  verified: "Gracias, coincide. Un momento, por favor.",
  wrong: "Ese código no coincide. Revísalo y envíalo de nuevo, por favor.",
  expired: "Ese código ya venció. Envíame otra vez tu nombre y tu fecha de nacimiento o correo electrónico para recibir uno nuevo.",
  person: "No pude comprobar aquí quién eres, así que le paso esto a una persona de {club}, que te responderá aquí {when}.",
} as const satisfies Record<CheckLine, string>;

/** What of an account an unknown sender may ask for and hear after a check. */
const ACCOUNT_MATTERS: ReadonlySet<string> = new Set(["account_facts", "balance", "dues", "payment_failed", "receipt"]);

export const asksForAccount = ({ subIntent, riskFlags }: { readonly subIntent: string; readonly riskFlags: readonly string[] }): boolean =>
  riskFlags.length === 0 && ACCOUNT_MATTERS.has(subIntent);
