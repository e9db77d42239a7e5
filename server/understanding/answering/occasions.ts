import { lineOf, tokenize } from "../tokens.ts";

const WEEKDAYS = [
  "mon mondays monday lunes",
  "tue tues tuesday tuesdays martes",
  "wed weds wednesday wednesdays miercoles",
  "thu thur thurs thursday thursdays jueves",
  "fri friday fridays viernes",
  "sat saturday saturdays sabado sabados",
  "sun sunday sundays domingo domingos",
].map((words) => new Set(words.split(" ")));

/** Days of the week that a text names or implies, 0 = Monday: "Mon–Fri" means five, "daily" all seven. */
export const weekdaysIn = (text: string): ReadonlySet<number> => {
  // "We'd" is no Wednesday.
  const spoken = text.replaceAll(/\bwe['’`´ʼ]d\b/gi, "we would").replaceAll(/[–—-]/g, " to ");
  const line = lineOf(tokenize(spoken)).replaceAll(/ [?!$]/g, "");
  const named = new Set<number>();
  if (/ (daily|every day|each day|7 days|seven days|24 7|all week|todos los dias|year round) /.test(line)) {
    return new Set([0, 1, 2, 3, 4, 5, 6]);
  }
  const words = line.trim().split(" ");
  words.forEach((word, place) => {
    const from = dayIndex(word);
    if (from === null) {
      return;
    }
    named.add(from);
    const to = /^(to|through|thru|until|a)$/.test(words[place + 1] ?? "") ? dayIndex(words[place + 2] ?? "") : null;
    for (let step = 1; to !== null && step <= (to - from + 7) % 7; step += 1) {
      named.add((from + step) % 7);
    }
  });
  if (/ (weekdays?|entre semana) /.test(line)) {
    [0, 1, 2, 3, 4].forEach((day) => named.add(day));
  }
  if (/ (weekends?|fin(es)? de semana) /.test(line)) {
    [5, 6].forEach((day) => named.add(day));
  }
  return named;
};

const dayIndex = (word: string): number | null => {
  const index = WEEKDAYS.findIndex((words) => words.has(word));
  return index < 0 ? null : index;
};

/** The more exact name first: what it matched is gone for the next. */
const HOLIDAYS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["day_after_thanksgiving", /day after (thanksgiving|turkey day)|black friday/g],
  ["thanksgiving", /thanksgiving|turkey day|accion de gracias/g],
  ["christmas_eve", /(christmas|xmas) eve|(dec|december) 24(th)?|nochebuena|24 de diciembre|night before (christmas|xmas)/g],
  ["christmas", /christmas|xmas|x mas|navidad|(dec|december) 25(th)?|25 de diciembre/g],
  ["new_years_eve", /new years? eve|nye|(dec|december) 31(st)?|31 de diciembre|noche vieja/g],
  ["new_years_day", /new years?( day)?|(jan|january) 1(st)?|ano nuevo/g],
  ["good_friday", /good friday|viernes santo/g],
  ["easter", /easter|pascua/g],
  ["memorial_day", /memorial day/g],
  ["labor_day", /labor day|dia del trabajo/g],
  ["july_4", /(july|jul) (4|4th|fourth)|(fourth|4th) of july|independence day|on the 4th(?= [a-z?]* ?$|$| [?])|the fourth/g],
  ["juneteenth", /juneteenth|june 19(th)?/g],
  ["mlk_day", /mlk( day)?|martin luther king/g],
  ["presidents_day", /presidents day/g],
  ["veterans_day", /veterans day/g],
  ["columbus_day", /columbus day|indigenous peoples day/g],
  ["halloween", /halloween/g],
  ["mothers_day", /mothers day|fathers day/g],
  ["super_bowl", /super ?bowl/g],
  ["valentines", /valentines/g],
  ["st_patricks", /st pattys|st patricks|cinco de mayo|mardi gras|good friday|passover|hanukkah|ramadan|diwali|eid/g],
];

/** Holidays by name or by date; `any` for the word alone. */
export const holidaysIn = (text: string): ReadonlySet<string> => {
  let line = lineOf(tokenize(text)).replaceAll(/ [!$]/g, "");
  const named = new Set<string>();
  for (const [name, pattern] of HOLIDAYS) {
    const rest = line.replaceAll(pattern, " ");
    if (rest !== line) {
      named.add(name);
    }
    line = rest;
  }
  if (/ (holidays?|feriados?|festivos?|bank holiday) /.test(line)) {
    named.add("any");
  }
  return named;
};

const MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const MONTH_NAMES_ES = "ene feb mar abr may jun jul ago sep oct nov dic".split(" ");
const MONTH =
  "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre";

export type DateStretch = { readonly from: number; readonly to: number };

/** Dates of a text as day of the year (month * 100 + day), "June 8 through June 12" as one stretch. */
export const datesIn = (text: string): readonly DateStretch[] => {
  const found: { at: number; end: number; day: number }[] = [];
  const pattern = new RegExp(
    `\\b(${MONTH})\\.? (\\d{1,2})(?:st|nd|rd|th)?\\b(?!:)|\\b(\\d{1,2}) de (${MONTH})\\b|(?<![\\d/])(\\d{1,2})/(\\d{1,2})(?![\\d/])`,
    "gi",
  );
  for (const match of text.matchAll(pattern)) {
    const month = monthOf(match[1] ?? match[4] ?? "") ?? Number(match[5] ?? 0);
    found.push({ at: match.index, end: match.index + match[0].length, day: month * 100 + Number(match[2] ?? match[3] ?? match[6] ?? 0) });
  }
  const stretches: DateStretch[] = [];
  for (let place = 0; place < found.length; place += 1) {
    const here = found[place];
    const next = found[place + 1];
    if (
      here !== undefined &&
      next !== undefined &&
      /^(,? \d{4})?,? ?(to|through|thru|until|and closes|–|-|—)/.test(text.slice(here.end, next.at)) &&
      next.at - here.end < 40
    ) {
      stretches.push({ from: here.day, to: next.day });
      place += 1;
    } else if (here !== undefined) {
      stretches.push({ from: here.day, to: here.day });
    }
  }
  return stretches;
};

const monthOf = (name: string): number | null => {
  const start = name.toLowerCase().slice(0, 3);
  const index = Math.max(MONTH_NAMES.indexOf(start), MONTH_NAMES_ES.indexOf(start));
  return index < 0 ? null : index + 1;
};

const AGE_ASKED =
  /\b(\d{1,2})[ -]?(?:(?:yo|y\/o|y o|yr olds?|yrs? old|years? olds?|year-old|yr|años)\b)|\b(?:im|i am|i'm|is|hes|shes|he's|she's|sons|daughters|son's|daughter's|kids?|turned|turning|age|aged|was|over|de) (?:a )?(\d{1,2})\b(?! ?(?:am|pm|:|%|\$|min|hour|day|week|month|people|friends|kids|pack|days|players|of us|guests|miles|dollars|bucks|adults|weeks|months|hours|mins))/gi;

/** Ages that a question names: "my 13 yo", "im 26". Babies count by their years. */
export const agesAsked = (question: string): readonly number[] => {
  const ages = [...question.matchAll(AGE_ASKED)].map((match) => Number(match[1] ?? match[2])).filter((age) => age > 0 && age < 100);
  return ages.length > 0 ? ages : /\b(baby|infant|newborn|beb[eé])\b|\b\d{1,2} (months?|mo) old\b/i.test(question) ? [0] : [];
};

export type AgeRange = { readonly from: number; readonly to: number };

const A = String.raw`(\d{1,2})`;
const AGE_RANGES: readonly (readonly [RegExp, (first: number, second: number) => AgeRange])[] = [
  [new RegExp(String.raw`\b${A} months? to ${A} years`, "gi"), (_, second) => ({ from: 0, to: second })],
  [
    new RegExp(
      String.raw`\b(?:aged?|ages|kids|children|people|juniors?|teens?|members|guests|youth|players|adults|from|is|are|years) (?:aged? |ages? |from )?${A} (?:to|through|-|–|and) ${A}\b(?! ?[ap]\.?m|:)`,
      "gi",
    ),
    (first, second) => ({ from: first, to: second }),
  ],
  [
    new RegExp(String.raw`\b${A} (?:to|through|-|–) ${A}(?= (?:may|can|must|need|years|year))`, "gi"),
    (first, second) => ({ from: first, to: second }),
  ],
  [
    new RegExp(String.raw`\b(?:under|below|younger than) (?:the age of )?${A}\b(?! ?(?:minutes|hours|days|pounds|%|degrees|people))`, "gi"),
    (first) => ({ from: 0, to: first - 1 }),
  ],
  [new RegExp(String.raw`\b${A} (?:and|or) (?:over|older|up|above)|\b${A}\+`, "gi"), (first) => ({ from: first, to: 99 })],
  [
    new RegExp(
      String.raw`\b(?:over|at least|start at age|from age|older than|minimum age(?: is)?|on your own at|at age) ${A}\b(?! ?(?:minutes|hours|days|pounds|%|people|months|weeks|players|inches))`,
      "gi",
    ),
    (first) => ({ from: first, to: 99 }),
  ],
  [
    new RegExp(String.raw`\b(?:be|is|for ages|ages|age|at) ${A}(?= (?:with|to|years|or|and up)|[.,;])`, "gi"),
    (first) => ({ from: first, to: 99 }),
  ],
];

/** Ages that a sentence speaks of. */
export const ageRangesIn = (sentence: string): readonly AgeRange[] =>
  AGE_RANGES.flatMap(([pattern, rangeOf]) =>
    [...sentence.matchAll(pattern)].map((match) => {
      const [first = 0, second = 0] = match.slice(1).flatMap((group) => (group === undefined ? [] : [Number(group)]));
      return rangeOf(first, second);
    }),
  );
