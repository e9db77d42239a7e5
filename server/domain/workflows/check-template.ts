import { guardDraft } from "../guards.ts";
import { fieldsOf, MERGE_FIELDS, render, unknownFieldsOf, type MergeField } from "./merge-fields.ts";
import { TEMPLATE_MIN_CHARACTERS, TEMPLATE_ROOM, templateSpec, type TemplateKey } from "./templates.ts";

export type TemplateSources = {
  /** Texts of the club, and its own words under this key: what the template may state. */
  readonly facts: readonly string[];
  readonly allowedLinkHosts: readonly string[];
  readonly language: string;
};

/** Neither a name nor a figure, so that nothing a field brings counts as the template's own statement. */
const NEUTRAL: Readonly<Record<MergeField, string>> = {
  ...(Object.fromEntries(Object.keys(MERGE_FIELDS).map((name) => [name, "it"])) as Record<MergeField, string>),
  first_name: "Robin",
};

const SENTENCES_MAX = 4;
/** Three dollar signs are a shout as well. */
const SHOUTING = /\b[A-Z]{5,}\b|!{2,}|\${2,}/u;
const OPT_OUT_WORDS = /\breply\s+stop\b|\bopt[\s-]?out\b|\bunsubscribe\b/iu;

/**
 * What speaks against sending a template to a group, each as a sentence; empty when nothing does. Fields are looked at as names, the
 * rest as if one person were to get it: with no fact, promise or statement about an account that the club's texts do not hold.
 */
export const checkTemplate = (key: TemplateKey, body: string, sources: TemplateSources): readonly string[] => {
  const spec = templateSpec(key);
  const used = fieldsOf(body);
  const foreign = [...unknownFieldsOf(body), ...used.filter((field) => !spec.fields.includes(field))];
  const missing = spec.required.filter((field) => !used.includes(field));
  const problems = [
    ...foreign.map((name) => `it names ${name}, which is no field of this text`),
    ...missing.map((name) => `it does without ${name}`),
    ...(body.trim().length < TEMPLATE_MIN_CHARACTERS ? ["it is too short"] : []),
    ...(body.length > TEMPLATE_ROOM ? ["it is too long for a text"] : []),
    ...(SHOUTING.test(body) ? ["it shouts"] : []),
    ...(OPT_OUT_WORDS.test(body) ? ["it speaks of opting out, which code does"] : []),
  ];
  const filled = foreign.length > 0 ? null : render(body, NEUTRAL);
  return filled?.kind === "text" ? [...problems, ...statements(filled.text, sources)] : problems;
};

const statements = (text: string, { allowedLinkHosts, facts, language }: TemplateSources): readonly string[] => {
  const findings = guardDraft({
    draft: text,
    facts,
    accountFacts: [],
    contactWords: [],
    isBound: false,
    language,
    languages: [language],
    promises: [],
    hasDuty: false,
    recentReplies: [],
    allowedLinkHosts,
    maxSentences: SENTENCES_MAX,
    maxCharacters: TEMPLATE_ROOM,
  });
  return [...new Set(findings.map(({ code, span }) => `${code.replaceAll("_", " ")}: ${span}`))];
};
