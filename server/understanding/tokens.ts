/** One word of a message: how it is compared, and where it stands in the original text. */
export type Token = { readonly word: string; readonly start: number; readonly end: number };

/** Longer texts are read up to here; what a member wants stands in the first lines. */
export const READ_MAX_LENGTH = 4_000;

/**
 * Splits a text into words, question marks and exclamation marks. Words are lower case without accents and
 * apostrophes, with the short forms of text messages spelled out, so that "Can’t u?" reads `cant you ?`.
 */
export const tokenize = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  for (const match of text.slice(0, READ_MAX_LENGTH).matchAll(WORD)) {
    const word = plain(match[0]);
    if (word !== "") {
      tokens.push({ word: SHORT_FORMS.get(word) ?? word, start: match.index, end: match.index + match[0].length });
    }
  }
  return tokens;
};

/** The words as one padded line, so that a pattern may count on a blank before and after each word. */
export const lineOf = (tokens: readonly Token[]): string => ` ${tokens.map((token) => token.word).join(" ")} `;

/** The original words behind a stretch of `lineOf(tokens)`; empty when the stretch covers none. */
export const originalOf = (text: string, span: { tokens: readonly Token[]; start: number; end: number }): string => {
  let position = 1;
  let from: number | null = null;
  let to = 0;
  for (const token of span.tokens) {
    const tokenEnd = position + token.word.length;
    if (tokenEnd > span.start && position < span.end) {
      from ??= token.start;
      to = token.end;
    }
    position = tokenEnd + 1;
  }
  return from === null ? "" : text.slice(from, to);
};

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’`´-][\p{L}\p{N}\p{M}]+)*|[?!$]/gu;

/** A text with the short forms of text messages spelled out, else as it was: "r u open tmrw?" reads "are you open tomorrow?". */
export const spelledOut = (text: string): string => text.replaceAll(WORD, (word) => SHORT_FORMS.get(plain(word)) ?? word);

const plain = (raw: string): string =>
  raw
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}|['’`´]/gu, "")
    .replaceAll("-", " ")
    .trim();

const SHORT_FORMS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    u: "you",
    ur: "your",
    r: "are",
    pls: "please",
    plz: "please",
    plse: "please",
    thx: "thanks",
    tks: "thanks",
    tnx: "thanks",
    ty: "thanks",
    tysm: "thanks",
    thanx: "thanks",
    tmrw: "tomorrow",
    tmw: "tomorrow",
    tmr: "tomorrow",
    tomorow: "tomorrow",
    tommorow: "tomorrow",
    tonite: "tonight",
    appt: "appointment",
    appts: "appointments",
    wut: "what",
    wat: "what",
    wats: "whats",
    abt: "about",
    gonna: "going to",
    wanna: "want to",
    gotta: "got to",
    hrs: "hours",
    mbrship: "membership",
    okay: "ok",
    okey: "ok",
    k: "ok",
    kk: "ok",
    okk: "ok",
    yea: "yes",
    yeah: "yes",
    yep: "yes",
    yup: "yes",
    yess: "yes",
    nah: "no",
    nope: "no",
    omw: "on my way",
    cya: "see you",
    msgs: "messages",
    msg: "message",
    txt: "text",
    txts: "texts",
    bc: "because",
    cuz: "because",
    resched: "reschedule",
    sched: "schedule",
    mgr: "manager",
    pt: "personal training",
    cc: "credit card",
    acct: "account",
    pmt: "payment",
    pymt: "payment",
    wknd: "weekend",
    rn: "right now",
  }),
);
