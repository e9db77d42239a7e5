import { readClaims } from "./claims.ts";
import { supportOf } from "./fact-lock.ts";
import type { FactKind } from "./knowledge.ts";
import { tellingValues, type KnownArticle } from "./knowledge-today.ts";
import { normaliseForHash } from "./text.ts";

export type ConflictSide = { readonly articleId: string; readonly title: string; readonly says: string };
export type KnowledgeConflict = {
  readonly kind: FactKind;
  /** What they disagree on. */
  readonly about: string;
  readonly sides: readonly [ConflictSide, ConflictSide];
};

/** Two labels are alike from this share of common words on. */
const ALIKE_RATIO = 0.6;

/**
 * Pairs of articles that cannot both be right: another value for the same kind of fact under an alike label, or other
 * hours for the same place on the same weekday.
 */
export const findConflicts = (articles: readonly KnownArticle[]): readonly KnowledgeConflict[] =>
  pairsOf(articles.map(readArticle)).flatMap(([left, right]) => [...factConflicts(left, right), ...hoursConflicts(left, right)]);

const pairsOf = <T>(items: readonly T[]): readonly (readonly [T, T])[] =>
  items.flatMap((left, index) => items.slice(index + 1).map((right) => [left, right] as const));

/** What is compared, read once for each article and not once for each pair. */
type ReadFact = {
  readonly kind: FactKind;
  readonly label: string;
  readonly value: string;
  readonly plainLabel: string;
  readonly labelWords: ReadonlySet<string>;
  /** Equal for two spellings of one value. */
  readonly valueKey: string;
};
type ReadArticle = {
  readonly id: string;
  readonly title: string;
  readonly facts: readonly ReadFact[];
  readonly places: ReadonlyMap<string, Week>;
};

const readArticle = (article: KnownArticle): ReadArticle => ({
  id: article.id,
  title: article.title,
  facts: article.facts.map(({ kind, label, value }) => ({
    kind,
    label,
    value,
    plainLabel: normaliseForHash(label),
    labelWords: wordsOf(label),
    valueKey: tellingValues(value).toSorted().join(" ") || normaliseForHash(value),
  })),
  places: hoursByPlace(article),
});

const factConflicts = (left: ReadArticle, right: ReadArticle): readonly KnowledgeConflict[] =>
  left.facts.flatMap((one) =>
    right.facts
      .filter((other) => one.kind === other.kind && one.valueKey !== other.valueKey && areAlike(one, other))
      // One label may have several values, such as the hours of several days; both articles then have them all.
      .filter((other) => !says(right, one) && !says(left, other))
      .map((other) => ({
        kind: one.kind,
        about: one.label,
        sides: [
          { articleId: left.id, title: left.title, says: `${one.label}: ${one.value}` },
          { articleId: right.id, title: right.title, says: `${other.label}: ${other.value}` },
        ],
      })),
  );

const says = ({ facts }: ReadArticle, fact: ReadFact): boolean =>
  facts.some((each) => each.valueKey === fact.valueKey && areAlike(each, fact));

const STOP_WORDS: ReadonlySet<string> = new Set(
  "a an the of for per to at in on and or is are we our you your it its with from until every each day days week hour hours open opens opening close closes closed closing staffed am pm noon midnight".split(
    " ",
  ),
);

const wordsOf = (text: string): ReadonlySet<string> =>
  new Set((normaliseForHash(text).match(/\p{L}+/gu) ?? []).filter((word) => !STOP_WORDS.has(word)).map((word) => word.replace(/s$/, "")));

const areAlike = (one: ReadFact, other: ReadFact): boolean => {
  if (one.plainLabel === other.plainLabel) {
    return true;
  }
  let commonCount = 0;
  for (const word of one.labelWords) {
    commonCount += other.labelWords.has(word) ? 1 : 0;
  }
  const allCount = one.labelWords.size + other.labelWords.size - commonCount;
  return allCount > 0 && commonCount / allCount >= ALIKE_RATIO;
};

/** Hours by weekday of one place, such as `front desk`. */
type Week = ReadonlyMap<string, { readonly hours: string; readonly says: string }>;

const hoursConflicts = (left: ReadArticle, right: ReadArticle): readonly KnowledgeConflict[] =>
  [...left.places].flatMap(([place, week]) => {
    const theirs = right.places.get(place);
    const day = theirs === undefined ? undefined : [...week].find(([weekday, { hours }]) => isOther(hours, theirs.get(weekday)?.hours));
    const saying = day === undefined ? undefined : theirs?.get(day[0]);
    return day === undefined || saying === undefined
      ? []
      : [
          {
            kind: "hours" as const,
            about: place === "" ? "opening hours" : `hours: ${place}`,
            sides: [
              { articleId: left.id, title: left.title, says: day[1].says },
              { articleId: right.id, title: right.title, says: saying.says },
            ] as const,
          },
        ];
  });

const isOther = (one: string, other: string | undefined): boolean => other !== undefined && one !== other;

/** Weekday names are no part of the place. */
const WEEKDAY = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*$|^weekday$|^weekend$|^daily$/;

const hoursByPlace = ({ body }: KnownArticle): ReadonlyMap<string, Week> => {
  const places = new Map<string, Map<string, { hours: string; says: string }>>();
  for (const sentence of body.split(/(?<=[.!?])\s+|\n/u)) {
    const values = readClaims(sentence).flatMap((claim) => claim.values);
    const weekdays = values.filter((value) => value.startsWith("weekday:"));
    const times = [...supportOf([sentence])].filter((value) => value.startsWith("time:") || value === "allDay").toSorted();
    const isClosed = times.length === 0 && /\bclosed\b/i.test(sentence);
    // A sentence about a date, such as a holiday, says nothing of other weeks.
    if (weekdays.length === 0 || (times.length === 0 && !isClosed) || values.some((value) => value.startsWith("date:"))) {
      continue;
    }
    const place = [...wordsOf(sentence)]
      .filter((word) => !WEEKDAY.test(word))
      .toSorted()
      .join(" ");
    const week = places.get(place) ?? new Map<string, { hours: string; says: string }>();
    places.set(place, week);
    for (const weekday of new Set(weekdays)) {
      const before = week.get(weekday);
      const hours = isClosed ? "closed" : times.join(" ");
      week.set(weekday, {
        hours: before === undefined ? hours : [before.hours, hours].toSorted().join(" "),
        says: before?.says ?? sentence.trim(),
      });
    }
  }
  return places;
};
