import { guardDraft } from "../guards.ts";
import { MERGE_FIELDS, render, type MergeField } from "./merge-fields.ts";
import { TEMPLATE_ROOM, templateSpec, type TemplateKey } from "./templates.ts";
import { textFaults, textWarnings } from "./text-faults.ts";

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

/**
 * What speaks against sending a template to a group, each as a sentence; empty when nothing does. Fields are looked at as names, the
 * rest as if one person were to get it: with no fact, promise or statement about an account that the club's texts do not hold.
 */
export const checkTemplate = (key: TemplateKey, body: string, sources: TemplateSources): readonly string[] => [
  ...textFaults(templateSpec(key), body),
  ...textWarnings(body),
  ...statementsOf(body, sources),
];

/** What the guards of every answer find in it. */
export const statementsOf = (body: string, sources: TemplateSources): readonly string[] => {
  const filled = render(body, NEUTRAL);
  return filled.kind === "text" ? statements(filled.text, sources) : [];
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
