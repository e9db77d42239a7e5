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
  pairsOf(articles).flatMap(([left, right]) => [...factConflicts(left, right), ...hoursConflicts(left, right)]);

const pairsOf = <T>(items: readonly T[]): readonly (readonly [T, T])[] =>
  items.flatMap((left, index) => items.slice(index + 1).map((right) => [left, right] as const));

const factConflicts = (left: KnownArticle, right: KnownArticle): readonly KnowledgeConflict[] =>
  left.facts.flatMap((one) =>
    right.facts
      .filter((other) => one.kind === other.kind && areAlike(one.label, other.label) && !isSameValue(one.value, other.value))
      // One label may have several values, such as the hours of several days; both articles then have them all.
      .filter(
        (other) =>
          !right.facts.some((each) => areAlike(each.label, one.label) && isSameValue(each.value, one.value)) &&
          !left.facts.some((each) => areAlike(each.label, other.label) && isSameValue(each.value, other.value)),
      )
      .map((other) => ({
        kind: one.kind,
        about: one.label,
        sides: [
          { articleId: left.id, title: left.title, says: `${one.label}: ${one.value}` },
          { articleId: right.id, title: right.title, says: `${other.label}: ${other.value}` },
        ],
      })),
  );

const STOP_WORDS: ReadonlySet<string> = new Set(
  "a an the of for per to at in on and or is are we our you your it its with from until every each day days week hour hours open opens opening close closes closed closing staffed am pm noon midnight".split(
    " ",
  ),
);

const wordsOf = (text: string): ReadonlySet<string> =>
  new Set((normaliseForHash(text).match(/\p{L}+/gu) ?? []).filter((word) => !STOP_WORDS.has(word)).map((word) => word.replace(/s$/, "")));

const areAlike = (left: string, right: string): boolean => {
  if (normaliseForHash(left) === normaliseForHash(right)) {
    return true;
  }
  const [one, other] = [wordsOf(left), wordsOf(right)];
  const common = [...one].filter((word) => other.has(word)).length;
  const all = new Set([...one, ...other]).size;
  return all > 0 && common / all >= ALIKE_RATIO;
};

const isSameValue = (left: string, right: string): boolean => {
  const key = (value: string): string => {
    const values = tellingValues(value);
    return values.length === 0 ? normaliseForHash(value) : values.toSorted().join(" ");
  };
  return key(left) === key(right);
};

/** Hours by weekday of one place, such as `front desk`. */
type Week = ReadonlyMap<string, { readonly hours: string; readonly says: string }>;

const hoursConflicts = (left: KnownArticle, right: KnownArticle): readonly KnowledgeConflict[] => {
  const [one, other] = [hoursByPlace(left), hoursByPlace(right)];
  return [...one].flatMap(([place, week]) => {
    const theirs = other.get(place);
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
};

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
