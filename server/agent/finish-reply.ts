import type { Policy } from "#server/domain/policy.ts";
import { normaliseForHash, stripInvisible } from "#server/domain/text.ts";

type Draft = {
  readonly reply: string;
  readonly agent: Policy["agent"];
  readonly clubName: string;
  /** BCP 47 tag of the contact's language. */
  readonly language: string;
  /** No automatic message of this conversation went out yet. */
  readonly isFirstAutomaticMessage: boolean;
};

/** The text as it is sent: plain, and on the first automatic message opened by the sentence that an AI writes. */
export const finishReply = ({ agent, clubName, isFirstAutomaticMessage, language, reply }: Draft): string => {
  const text = plainTextOf(reply);
  if (!isFirstAutomaticMessage) {
    return text;
  }
  const base = language.toLowerCase().split(/[-_]/)[0] ?? language;
  const disclosure = (agent.translatedDisclosures[base] ?? agent.disclosure)
    .replaceAll("{agentName}", agent.name)
    .replaceAll("{clubName}", clubName)
    .trim();
  return discloses(text) || normaliseForHash(text).includes(normaliseForHash(disclosure))
    ? text
    : `${disclosure} ${withoutSecondGreeting(text, disclosure)}`.trim();
};

/** The draft itself says who writes, as the answer to "are you a bot?" does. */
const discloses = (text: string): boolean =>
  /\b(?:I['’]?m|I am|this is|soy|here,)(?:(?!\bnot\b|\bno\b|n['’]t\b)[^.!?])*\b(?:AI assistant|asistente de IA)\b/iu.test(text);

const GREETING = /^(?:¡\s?)?(?:hi|hello|hey|hola)(?: there)?(?:,? \p{Lu}[\p{L}'’-]*)?[!,.]\s+(?=\S)/iu;

/** "Hi, this is Spotter … Hi Ana!" greets once. */
const withoutSecondGreeting = (text: string, disclosure: string): string => {
  if (!/^(?:¡\s?)?(?:hi|hello|hey|hola)\b/i.test(disclosure)) {
    return text;
  }
  const rest = text.replace(GREETING, "");
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`;
};

/** Markdown as a text message shows it: the words without their marks; a link keeps its address. */
export const plainTextOf = (reply: string): string =>
  stripInvisible(reply)
    .replace(/```[a-z]*\n?/gi, "")
    .replace(/!?\[([^\]\n]*)\]\(([^()\s]+)\)/g, (_all, words: string, address: string) =>
      words === address || words === "" ? address : `${words}: ${address}`,
    )
    .replace(/^[ \t]*#{1,6}[ \t]+/gm, "")
    .replace(/^[ \t]*>[ \t]?/gm, "")
    .replace(/^[ \t]*[*+-][ \t]+/gm, "- ")
    .replace(/^[ \t]*(?:[-*_][ \t]*){3,}$/gm, "")
    .replace(/(\*\*|__)(?=\S)([^\n]*?\S)\1/g, "$2")
    .replace(/(?<![\w*])\*(?=\S)([^*\n]*?\S)\*(?![\w*])/g, "$1")
    .replace(/(?<![\w_])_(?=\S)([^_\n]*?\S)_(?![\w_])/g, "$1")
    .replace(/`([^`\n]*)`/g, "$1")
    .replace(/^\s*["“]([^"“”]*)["”]\s*$/u, "$1")
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
