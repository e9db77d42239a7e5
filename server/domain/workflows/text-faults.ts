import { fieldsOf, OPT_OUT_WORDS, unknownFieldsOf } from "./merge-fields.ts";
import { TEMPLATE_MIN_CHARACTERS, TEMPLATE_ROOM, type TemplateSpec } from "./templates.ts";

/** Three dollar signs are a shout as well. */
const SHOUTING = /\b[A-Z]{5,}\b|!{2,}|\${2,}/u;

/**
 * What nobody who is owed money may threaten or pretend (15 U.S.C. § 1692e and f, read 2026-11): courts, arrest, wages, credit files, and
 * that others are told. A club's texts go without such words whatever they are for.
 */
const THREATS =
  /\b(?:sue|suing|lawsuits?|legal action|take you to court|court date|attorneys?|lawyers?|arrest(?:ed)?|police|sheriff|warrants?|criminal|jail|garnish\w*|seize|credit (?:report|score|bureau|file|rating)|collection agency|sent to collections|final warning|tell your (?:employer|family|friends))\b/giu;

/** What makes a text no text: it cannot be saved. Each as a sentence without its first capital. */
export const textFaults = ({ fields, required }: Pick<TemplateSpec, "fields" | "required">, body: string): readonly string[] => {
  const used = fieldsOf(body);
  const foreign = [...unknownFieldsOf(body), ...used.filter((field) => !fields.includes(field))];
  const missing = required.filter((field) => !used.includes(field));
  return [
    ...foreign.map((name) => `it names ${name}, which is no field of this text`),
    ...missing.map((name) => `it does without ${name}`),
    ...(body.trim().length < TEMPLATE_MIN_CHARACTERS ? ["it is too short"] : []),
    ...(body.length > TEMPLATE_ROOM ? ["it is too long for a text"] : []),
    ...(OPT_OUT_WORDS.test(body) ? ["it speaks of opting out, which code does"] : []),
  ];
};

/** What its writer should think over. */
export const textWarnings = (body: string): readonly string[] => [
  ...(SHOUTING.test(body) ? ["it shouts"] : []),
  ...threatsIn(body).map((words) => `it threatens: ${words}`),
];

/** Words that collection law forbids, as they stand in the text. */
const threatsIn = (body: string): readonly string[] => [...new Set([...body.matchAll(THREATS)].map(([words]) => words.toLowerCase()))];
