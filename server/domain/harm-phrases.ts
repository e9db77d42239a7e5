import { sentencesOf } from "./draft-phrases.ts";
import { plainWords } from "./plain-words.ts";
import { normaliseForHash } from "./text.ts";

const RECORD =
  "balance|account|membership|agreement|payments?|dues|debt|card|phone|number|e-?mail|address|plan|visits?|check-?ins?|bookings?";
/** Whose things may be spoken of: the club's own, a day's, and what belongs to nobody in particular. */
const NOBODY =
  "club|gym|it|that|what|here|there|who|let|today|tomorrow|tonight|month|year|week|day|member|guest|one|everyone|everybody|anyone";
const STATE = "open|past due|overdue|behind|frozen|cancell?ed|declined|locked|unpaid|active|expired";

/** Statements about the account of somebody who is not the one addressed. No sender may have them, bound or not. */
const OTHERS: readonly RegExp[] = [
  new RegExp(`\\b(?!(?:${NOBODY})['’])\\p{L}+['’]s (?:\\p{L}+ )?(?:${RECORD})\\b`, "iu"),
  new RegExp(`\\b(?:his|her) (?:\\p{L}+ )?(?:${RECORD})\\b`, "iu"),
  new RegExp(`\\btheir (?:\\p{L}+ )?(?:${RECORD}) (?:was|were|has|had|is (?:${STATE}))\\b`, "iu"),
  new RegExp(`\\b(?:he|she|they) (?:\\p{L}+ )?(?:owes?|visited|checked in|(?:is|are|was) (?:${STATE})|has an? (?:balance|debt))\\b`, "iu"),
  // A name is known by its capital letter.
  new RegExp(
    `(?<!\\p{L})(?!(?:You|I|We|It|That|This|What|Who|Usted)\\b)\\p{Lu}[\\p{L}'’-]+ (?:still |also |currently |STILL |ALSO )?(?:owes?|OWES?|is past due|IS PAST DUE|visited|VISITED|checked in|CHECKED IN|has a balance|HAS A BALANCE)(?!\\p{L})`,
    "u",
  ),
  /(?<!\p{L})(?:saldo|deuda|tarjeta|SALDO|DEUDA|TARJETA) (?:de|DE) (?!la |el |los |las )\p{Lu}\p{L}+/u,
  /(?<!\p{L})(?!Usted|USTED)\p{Lu}\p{L}+ (?:debe|DEBE) (?:dinero|DINERO|un|una|UN|UNA|dos|DOS|\$|\d)/u,
];

export const findOthersAccounts = (draft: string): readonly string[] =>
  sentencesOf(draft).filter((sentence) => {
    const line = sentence.normalize("NFC").replace(/\s+/gu, " ");
    return OTHERS.some((pattern) => pattern.test(line));
  });

const ASKING =
  "send|text|give|tell|share|reply|confirm|provide|enter|type|what|whats|need|photo|picture|mandame|mandanos|enviame|envianos|dime|dame|danos|cual|confirma|necesito|necesitamos|foto";
const SECRET =
  "card numbers?|credit card|debit card|of your card|cvv|cvc|security code|ssn|social security|passwords?|passcode|pin(?: code| number)?|(?:verification|one time|login) code|code (?:you|we)|bank account|routing number|contrasena|tu clave|su clave|numero de (?:tu|su|la) tarjeta|foto de (?:tu|su) tarjeta|cuenta bancaria|codigo que";
const ASKS_FOR_SECRET = new RegExp(`\\b(?:${ASKING})\\b.{0,60}\\b(?:${SECRET})\\b`);

/** Words that ask for what nobody may send by text: card numbers, passwords, codes. The club never asks for them. */
export const findSecretRequests = (draft: string): readonly string[] =>
  sentencesOf(draft).filter((sentence) => ASKS_FOR_SECRET.test(plainWords(sentence)));

/** So many words in a row are no chance. */
const REPEATED_WORDS = 6;

/** Whether a draft says again what was told to the machine alone: its rules, or how the club wants it to sound. */
export const findRepeated = (draft: string, machineTexts: readonly string[]): readonly string[] => {
  const runs = new Set(machineTexts.flatMap(runsOf));
  // Backwards as well: whoever reads it that way has it all the same.
  const said = [...runsOf(draft), ...runsOf([...draft].toReversed().join(""))];
  return said.some((run) => runs.has(run)) ? [draft] : [];
};

const runsOf = (text: string): readonly string[] => {
  const words = normaliseForHash(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, Math.max(0, words.length - REPEATED_WORDS + 1))
    .map((_, start) => words.slice(start, start + REPEATED_WORDS).join(" "));
};
