import { likeness } from "../../domain/sentence-vectors.ts";
import { names } from "./names.ts";
import type { KnownQuestion, Question } from "./read-question.ts";
import type { Asked } from "./read-words.ts";
import { mainTopicsShared } from "./towers.ts";

export const PARAPHRASE_FEATURES = [
  "likeness",
  "likenessSquared",
  "towerLikeness",
  "towerLikenessSquared",
  "topicsShared",
  "wordsShared",
  "ownWordsShared",
  "knownWordsShared",
  "conceptsShared",
  "ownThingsNamed",
  "ownThingsMissed",
  "knownThingsNamed",
  "knownThingsMissed",
  "ownWaysMissed",
  "knownWaysMissed",
  "kindsShared",
  "ownKindsMissed",
  "knownKindsMissed",
  "otherWeekday",
  "weekdayInOne",
  "holidays",
  "ageInOne",
  "numbersShared",
  "otherNumber",
  "longer",
] as const;

/** How rare a stem is among all questions that the club's articles carry, 0..1. */
export type Rarity = (stem: string) => number;

export const rarityAmong = (questions: readonly Pick<Question, "stems">[]): Rarity => {
  const counts = new Map<string, number>();
  questions.forEach(({ stems }) => stems.forEach((stem) => counts.set(stem, (counts.get(stem) ?? 0) + 1)));
  const whole = questions.length + 1;
  return (stem) => Math.log(whole / ((counts.get(stem) ?? 0) + 0.5)) / Math.log(whole + 1);
};

/** How two questions stand to each other, as numbers in the order of `PARAPHRASE_FEATURES`. `known` is one that the club has an answer to. */
export const paraphraseFeatures = (
  own: Question,
  { known, rarity }: { readonly known: KnownQuestion; readonly rarity: Rarity },
): readonly number[] => {
  const alike = likeness(own.vector, known.vector);
  const towerAlike = likeness(own.tower, known.tower);
  return [
    alike,
    alike ** 2,
    towerAlike,
    towerAlike ** 2,
    mainTopicsShared(own.topics, known.topics),
    ...wordFeatures(own.stems, { others: known.stems, rarity }),
    sharedOf(own.concepts, known.concepts),
    ...namedFeatures(own.asked, known),
    ...namedFeatures(known.asked, own),
    Math.min(MISSED_MAX, missedOf(own.asked, { by: known, isCounted: isWay })),
    Math.min(MISSED_MAX, missedOf(known.asked, { by: own, isCounted: isWay })),
    sharedOf(own.kinds, known.kinds),
    [...own.kinds].filter((kind) => !known.kinds.has(kind)).length,
    [...known.kinds].filter((kind) => !own.kinds.has(kind)).length,
    ...slotFeatures(own, known),
    Math.abs(own.stems.size - known.stems.size) / LENGTH_SCALE,
  ];
};

const MISSED_MAX = 2;
const LENGTH_SCALE = 10;

const isThing = ({ kind }: Asked): boolean => kind === "thing" || kind === "unknown";
const isWay = ({ kind }: Asked): boolean => kind === "way";

const wordFeatures = (
  own: ReadonlySet<string>,
  { others, rarity }: { readonly others: ReadonlySet<string>; readonly rarity: Rarity },
): readonly number[] => {
  const weightOf = (stems: Iterable<string>): number => [...stems].reduce((sum, stem) => sum + rarity(stem), 0);
  const shared = weightOf([...own].filter((stem) => others.has(stem)));
  const [ownWhole, otherWhole] = [weightOf(own), weightOf(others)];
  return [shared / (ownWhole + otherWhole - shared || 1), shared / (ownWhole || 1), shared / (otherWhole || 1)];
};

const sharedOf = <Item>(left: ReadonlySet<Item>, right: ReadonlySet<Item>): number => {
  const shared = [...left].filter((item) => right.has(item)).length;
  return shared / (left.size + right.size - shared || 1);
};

/** Which of the things that one question names the other names too, as a share, and how many not. */
const namedFeatures = (asked: readonly Asked[], by: KnownQuestion | Question): readonly number[] => {
  const things = asked.filter(isThing).length;
  const missed = missedOf(asked, { by, isCounted: isThing });
  return [things === 0 ? 0 : (things - missed) / things, Math.min(MISSED_MAX, missed)];
};

const missedOf = (
  asked: readonly Asked[],
  { by, isCounted }: { readonly by: KnownQuestion | Question; readonly isCounted: (one: Asked) => boolean },
): number => asked.filter((one) => isCounted(one) && !names(by, one)).length;

/** Days, holidays, ages and figures: the same words around another day ask for something else. */
const slotFeatures = (own: Question, known: KnownQuestion): readonly number[] => {
  const meets = <Item>(left: ReadonlySet<Item>, right: ReadonlySet<Item>): boolean => [...left].some((item) => right.has(item));
  const isAnyHoliday = own.holidays.size > 0 || known.holidays.size > 0;
  return [
    Number(own.weekdays.size > 0 && known.weekdays.size > 0 && !meets(own.weekdays, known.weekdays)),
    Number(own.weekdays.size > 0 !== known.weekdays.size > 0),
    isAnyHoliday ? (meets(own.holidays, known.holidays) ? -1 : 1) : 0,
    Number(own.ages.length > 0 !== known.ages.length > 0),
    sharedOf(own.numbers, known.numbers),
    Number(own.numbers.size > 0 && known.numbers.size > 0 && !meets(own.numbers, known.numbers)),
  ];
};
