/** A longer text is a letter: what is polite in it is a small part, and looking for it takes time. */
const TEXT_MAX_CHARACTERS = 300;

/**
 * A message without the plainest of what is said around it out of politeness: a greeting and "quick question" before it, thanks, "please" and
 * laughter after it, pictures of faces. "hey guys, do you have towels? thanks 😊" asks what "do you have towels?" asks. Whatever could be more than
 * politeness stays: names, hopes, days, "so" and "ok". What is polite from end to end stays as it is.
 */
export const withoutCourtesies = (text: string): string => {
  if (text.length > TEXT_MAX_CHARACTERS) {
    return text;
  }
  let rest = text.trim();
  for (let before = ""; before !== rest;) {
    before = rest;
    rest = LEADING.reduce((left, pattern) => left.replace(pattern, ""), rest.replaceAll(PICTURES, " ").trim());
    rest = withoutEnd(rest);
  }
  return /[\p{L}\p{N}]/u.test(rest) ? rest : text;
};

const PICTURES = /(?:\p{Extended_Pictographic}|[\u{1F3FB}-\u{1F3FF}]|\u{FE0F}|\u{200D})+/gu;

const LEADING: readonly RegExp[] = [
  /^(?:he+y+|hi+|hello+|hiya|howdy|hola)(?: there| again| guys| everyone| y'?all)*(?:[\s,.!;:]+|$)/i,
  /^(?:good (?:morning|afternoon|evening))(?: there| again| guys| everyone| y'?all)*(?:[,.!;:]\s*|\s*\n\s*|$)/i,
  /^(?:(?:i (?:have|had|got) )?(?:just )?(?:a |one )?(?:quick|small|short|little) (?:q|question)(?: for (?:you|u|ya))?)(?: guys)?(?:[,.!;:]\s*|\s*\n\s*|$)/i,
  /^(?:(?:i'?m )?(?:so )?sorry to (?:bother|bug|trouble)(?: you| u)?(?: guys| again)*)(?:[,.!;:]\s*|\s*\n\s*|$)/i,
  /^dear (?:sirs?|madam|sir or madam|team|all|staff|manager|front desk|reception|club|gym)(?:[,.!:]\s*|\s*\n\s*)/i,
  /^(?:yo(?: guys| y'?all)?[\s,.!]+|sup(?: guys| y'?all)?(?:[,.!?]\s*|\s*\n\s*))/i,
  /^(?:i was |was |just )?wondering\s*\n\s*/i,
];

const END =
  /(?:[\s,.!]+|(?<=\?)\s*)(?:(?:thanks|thank (?:you|u)|thx|tnx|tysm)(?: (?:so much|very much|a lot|in advance|again|guys))*|please|pls|plz|tho|though|lol|lmao|haha+|hehe|nowadays)[\s.!,]*$/i;
/** How a letter ends, with a name or without one. */
const CLOSING =
  /(?:(?<=[.!?])\s*|\s*\n\s*)(?:[Yy]ours )?(?:[Ss]incerely|[Ff]aithfully|[Tt]ruly|[Rr]espectfully|(?:[Ww]ith )?(?:(?:[Bb]est|[Kk]ind|[Kk]indest|[Ww]arm|[Mm]any) )?(?:[Rr]egards|[Ww]ishes))(?: yours)?[,.!\s]*(?:\p{Lu}[\p{L}.'’-]*\s*){0,3}$/u;
/** After these the same words are an answer, or part of what is asked. */
const BELONGS = /(?:^|\W)(?:no|say|said|with|of|to|a|the|many|your|our|my|as|even|like)\W*$/i;

const withoutEnd = (letter: string): string => {
  const text = letter.replace(CLOSING, "");
  const at = text.search(END);
  const before = at < 0 ? text : text.slice(0, at);
  return BELONGS.test(before) ? text : before.trimEnd();
};
