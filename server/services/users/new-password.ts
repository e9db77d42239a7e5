import { z } from "zod";

export const PASSWORD_MIN_LENGTH = 8;
/** Long enough for any phrase, short enough that hashing it costs no more than any other. */
export const PASSWORD_MAX_LENGTH = 128;

/**
 * Words that people put into passwords and guessers try first. A password is refused when it is one of them, or one of
 * them dressed up with digits and signs at either end.
 */
const COMMON_WORDS = new Set(
  `password passwort passwords passw0rd pass passcode admin administrator root welcome hello letmein login master secret
  qwerty qwertyui qwertyuiop qwertz qwertzuiop azerty asdfgh asdfghjk asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc
  abc abcd abcde abcdef abcdefg abcdefgh abcabc aabbcc iloveyou ilovegod loveyou love lovely sunshine princess monkey dragon
  football baseball basketball hockey soccer golf golfer tennis superman batman spiderman starwars pokemon minecraft fortnite
  shadow michael jordan jennifer jessica charlie daniel andrew thomas robert ashley nicole hannah george william
  trustno whatever freedom forever computer internet samsung google facebook iphone apple windows microsoft
  summer winter spring autumn january february march april june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday changeme default guest test tester testing temp temporary demo
  gym gymgym fitness fitness1st workout muscle muscles crossfit ironman lifter barbell dumbbell deadlift benchpress
  anytime anytimefitness club clubclub member members manager staff frontdesk reception owner spotter
  access private killer hunter ranger buster tigger cookie banana cheese pepper ginger orange purple yellow silver golden
  chocolate butterfly flower angel angels jesus blessed family mother father babygirl sweetheart yankees cowboys lakers
  eagles steelers mustang corvette ferrari mercedes harley yamaha maverick phoenix denver chicago brooklyn california texas`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

/** Runs of keys and digits; any stretch of one, forwards or backwards, is no secret. */
const SEQUENCES = [
  "01234567890123456789",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
  "1qaz2wsx3edc4rfv5tgb",
  "q1w2e3r4t5y6u7i8o9p0",
];

/** Whether a guesser would try it within the first few thousand. A small net of ours, not a leaked-password service. */
export const isCommonPassword = (password: string): boolean => {
  const plain = password.toLowerCase();
  return isRepetition(plain) || isSequence(plain) || COMMON_WORDS.has(plain) || COMMON_WORDS.has(undressed(plain));
};

/** A password somebody chooses. */
export const NewPassword = z
  .string()
  .min(PASSWORD_MIN_LENGTH, `use at least ${PASSWORD_MIN_LENGTH} characters`)
  .max(PASSWORD_MAX_LENGTH, `use at most ${PASSWORD_MAX_LENGTH} characters`)
  .refine((password) => !isCommonPassword(password), "this password is among the first a stranger would try, use another");

/** Without what people put around a word: `Password-2026!` reads `password`; `p@ssw0rd` reads `password`. */
const undressed = (plain: string): string =>
  plain
    .replaceAll("@", "a")
    .replaceAll("$", "s")
    .replace(/^[^a-z]+|[^a-z]+$/g, "")
    .replaceAll("0", "o")
    .replaceAll("1", "i")
    .replaceAll("3", "e")
    .replaceAll("5", "s");

/** One short piece over and over: `aaaaaaaa`, `abcabcabc`. */
const isRepetition = (plain: string): boolean => /^(.{1,4})\1+$/su.test(plain);

const isSequence = (plain: string): boolean =>
  SEQUENCES.some((sequence) => sequence.includes(plain) || [...sequence].toReversed().join("").includes(plain));
