/** Brands by first digits, with the lengths they are issued in (ISO/IEC 7812 ranges as published by the networks, read 2026-11). */
const BRANDS: readonly { readonly start: RegExp; readonly lengths: readonly number[] }[] = [
  { start: /^4/, lengths: [13, 16, 19] },
  { start: /^(5[1-5]|2(22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720))/, lengths: [16] },
  { start: /^3[47]/, lengths: [15] },
  { start: /^(6011|64[4-9]|65)/, lengths: [16, 19] },
  { start: /^3(0[0-5]|[689])/, lengths: [14] },
  { start: /^35(2[89]|[3-8]\d)/, lengths: [16] },
  { start: /^62/, lengths: [16, 17, 18, 19] },
];

/** Digits that may be grouped by a single blank, dash or dot, as people type card numbers. */
const DIGIT_RUN = /\d(?:[ \t.-]?\d){12,}/g;
const VISIBLE_DIGITS = 4;
const LONGEST_CARD = 19;

/** Replaces all but the last four digits of every card number by `•`. */
export const maskCardNumbers = (text: string): { readonly text: string; readonly count: number } => {
  let count = 0;
  const masked = text.replace(DIGIT_RUN, (run) => {
    let done = "";
    let rest = run;
    for (let card = findCard(rest); card !== null; card = findCard(rest)) {
      const hidden = hide(rest.slice(card.start, card.end));
      // The last four digits of one number may begin another, so the search goes on right after the hidden ones.
      const resumeAt = card.start + hidden.lastIndexOf("•") + 1;
      done += rest.slice(0, card.start) + hidden.slice(0, resumeAt - card.start);
      rest = rest.slice(resumeAt);
      count += 1;
    }
    return done + rest;
  });
  return { text: masked, count };
};

type Span = { readonly start: number; readonly end: number };

/** The first card number in a run that begins and ends where a group of digits does. */
const findCard = (run: string): Span | null => {
  const groups = [...run.matchAll(/\d+/g)].map((match) => ({ start: match.index, digits: match[0] }));
  for (const [first, { start }] of groups.entries()) {
    let digits = "";
    for (let last = first; last < groups.length && digits.length <= LONGEST_CARD; last += 1) {
      const group = groups[last];
      digits += group?.digits ?? "";
      if (group !== undefined && isCardNumber(digits)) {
        return { start, end: group.start + group.digits.length };
      }
    }
  }
  return null;
};

const isCardNumber = (digits: string): boolean =>
  BRANDS.some(({ start, lengths }) => lengths.includes(digits.length) && start.test(digits)) && passesLuhn(digits);

const passesLuhn = (digits: string): boolean => {
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
};

const hide = (number: string): string => {
  let hidden = number.replace(/\D/g, "").length - VISIBLE_DIGITS;
  return number.replace(/\d/g, (digit) => (hidden-- > 0 ? "•" : digit));
};
