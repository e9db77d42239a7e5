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

/** Chosen by us: what nobody says who only speaks of a debt. A consent to texts about bills is none to these. */
const ADVERTISING =
  /%\s*off\b|\b(?:discount\w*|promo\w*|coupon\w*|specials?|sale|deals?|upgrade\w*|offers?|new class(?:es)?|(?:bring|refer) a friend|free (?:week|month|day|class|session|pass|trial)\w*)\b/giu;

/** What a text about a debt advertises, if anything. */
export const advertisingIn = (body: string): readonly string[] =>
  wordsIn(body, ADVERTISING).map((words) => `it advertises, and it is about a debt: ${words}`);

/** `mayAdvertise` is false of texts to people for what they owe. */
export type TextRules = Pick<TemplateSpec, "fields" | "required"> & { readonly mayAdvertise?: boolean };

/** What makes a text no text: it cannot be saved. Each as a sentence without its first capital. */
export const textFaults = ({ fields, mayAdvertise = true, required }: TextRules, body: string): readonly string[] => {
  const used = fieldsOf(body);
  const foreign = [...unknownFieldsOf(body), ...used.filter((field) => !fields.includes(field))];
  const missing = required.filter((field) => !used.includes(field));
  return [
    ...foreign.map((name) => `it names ${name}, which is no field of this text`),
    ...missing.map((name) => `it does without ${name}`),
    ...(body.trim().length < TEMPLATE_MIN_CHARACTERS ? ["it is too short"] : []),
    ...(body.length > TEMPLATE_ROOM ? ["it is too long for a text"] : []),
    ...(OPT_OUT_WORDS.test(body) ? ["it speaks of opting out, which code does"] : []),
    ...(mayAdvertise ? [] : advertisingIn(body)),
  ];
};

/** What its writer should think over. */
export const textWarnings = (body: string): readonly string[] => [
  ...(SHOUTING.test(body) ? ["it shouts"] : []),
  ...wordsIn(body, THREATS).map((words) => `it threatens: ${words}`),
];

/** Each of them once, as it stands in the text. */
const wordsIn = (body: string, kind: RegExp): readonly string[] => [
  ...new Set([...body.matchAll(kind)].map(([words]) => words.toLowerCase())),
];
