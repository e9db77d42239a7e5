/** Chosen by us: what lies behind is kept as it is. */
const LOOKED_AT_CHARACTERS = 100_000;

/**
 * The new words of an answer: what stands before the mail it quotes. A quotation that something follows is kept, since
 * the answer may stand between its lines, and so is one that nothing precedes.
 */
export const withoutQuote = (text: string): string => {
  const lines = text.slice(0, LOOKED_AT_CHARACTERS).split("\n");
  const lastOwnLine = lines.findLastIndex((line) => line.trim() !== "" && !isQuoted(line));
  const start = lines.findIndex((_, index) => opensQuote({ lines, index, lastOwnLine }));
  if (start === -1) {
    return text;
  }
  const own = lines.slice(0, start).join("\n").trimEnd();
  return own === "" ? text : own;
};

const ATTRIBUTION = /^(?:on|am|el|le)\s.{4,200}\b(?:wrote|schrieb|escribió|a écrit)\s*:$/i;
const FORWARD_RULE = /^-{2,40}\s*(?:original message|mensaje original|urspr.ngliche nachricht)\s*-{2,40}$/i;
const OUTLOOK_FROM = /^\*?(?:from|von|de):\*?\s\S/i;
const OUTLOOK_SENT = /^\*?(?:sent|date|gesendet|enviado|datum):\*?\s\S/i;
/** Long attributions are folded over so many lines. */
const ATTRIBUTION_LINES = 3;

type Place = { readonly lines: readonly string[]; readonly index: number; readonly lastOwnLine: number };

const opensQuote = ({ lines, index, lastOwnLine }: Place): boolean => {
  const line = (lines[index] ?? "").trim();
  if (FORWARD_RULE.test(line)) {
    return true;
  }
  if (OUTLOOK_FROM.test(line) && lines.slice(index + 1, index + 4).some((next) => OUTLOOK_SENT.test(next.trim()))) {
    return true;
  }
  if (isQuoted(line)) {
    return lastOwnLine < index;
  }
  // An attribution is the last thing that is nobody's quotation, and something follows it.
  const count = lastOwnLine - index + 1;
  if (count < 1 || count > ATTRIBUTION_LINES || lastOwnLine === lines.length - 1) {
    return false;
  }
  const joined = lines.slice(index, lastOwnLine + 1).map((part) => part.trim());
  return ATTRIBUTION.test(joined.join(" "));
};

const isQuoted = (line: string): boolean => line.trimStart().startsWith(">");
