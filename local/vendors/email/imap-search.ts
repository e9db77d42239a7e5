import { headerOf, type StoredFolder, type StoredMail } from "./post-office.ts";
import type { Word } from "./imap-words.ts";

type Test = (mail: StoredMail, seq: number) => boolean;

/** The keys of RFC 3501, 6.4.4 that a client of ours could ask for; `null` for any other. */
export const searchTest = (words: readonly Word[], folder: StoredFolder): Test | null => {
  const left = [...words];
  const tests: Test[] = [];
  while (left.length > 0) {
    const test = nextTest(left, folder);
    if (test === null) {
      return null;
    }
    tests.push(test);
  }
  return (mail, seq) => tests.every((test) => test(mail, seq));
};

const nextTest = (left: Word[], folder: StoredFolder): Test | null => {
  const word = left.shift();
  if (typeof word !== "string") {
    return word === undefined ? null : searchTest(word, folder);
  }
  switch (word.toUpperCase()) {
    case "ALL":
      return () => true;
    case "UID": {
      const isInSet = setTest(textOf(left.shift()), folder.mails.at(-1)?.uid ?? 0);
      return ({ uid }) => isInSet(uid);
    }
    case "SINCE": {
      const since = Date.parse(`${textOf(left.shift())} 00:00 UTC`);
      return Number.isNaN(since) ? null : ({ arrivedAt }) => arrivedAt.getTime() >= since;
    }
    case "HEADER": {
      const name = textOf(left.shift()).toLowerCase();
      const value = textOf(left.shift()).toLowerCase();
      return ({ raw }) => headerOf(raw, name)?.toLowerCase().includes(value) === true;
    }
    case "OR": {
      const one = nextTest(left, folder);
      const other = nextTest(left, folder);
      return one === null || other === null ? null : (mail, seq) => one(mail, seq) || other(mail, seq);
    }
    default: {
      if (!/^[\d:*,]+$/.test(word)) {
        return null;
      }
      const isInSet = setTest(word, folder.mails.length);
      return (_, seq) => isInSet(seq);
    }
  }
};

const textOf = (word: Word | undefined): string => (typeof word === "string" ? word : "");

/** `*` is the last one there is, so that `9:*` names it also where it is number 7. */
export const setTest = (set: string, last: number): ((value: number) => boolean) => {
  const ranges = set.split(",").map((part) => {
    const [from = "", to = from] = part.split(":");
    const [left, right] = [from, to].map((end) => (end === "*" ? last : Number(end)));
    return [Math.min(left ?? 0, right ?? 0), Math.max(left ?? 0, right ?? 0)] as const;
  });
  return (value) => ranges.some(([low, high]) => value >= low && value <= high);
};
