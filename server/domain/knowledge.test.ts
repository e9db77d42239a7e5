import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { addDays, daysBetween, weekdayOf } from "./calendar-date.ts";
import { checkFacts } from "./fact-lock.ts";
import { hoursArticles, noticeArticle, noticeEnds } from "./known-hours.ts";
import type { AskedQuestion } from "./asked-questions.ts";
import { findConflicts } from "./knowledge-conflicts.ts";
import { diffParts, diffVersions, hasChanges, partsOf } from "./knowledge-diff.ts";
import { knownOn, states, type KnownArticle, type StoredArticle } from "./knowledge-today.ts";
import { ArticleContent, factsOf, isValidOn, withStops, type Fact } from "./knowledge.ts";
import { BUILT_IN_POLICY } from "./policy-defaults.ts";
import type { WeekHours } from "./policy.ts";
import { holidaysBetween, holidaysOf } from "./public-holidays.ts";

const TODAY = "2026-11-21";
const fact = (overrides: Partial<Fact> = {}): Fact => ({
  id: "f1",
  kind: "price",
  label: "Day pass",
  value: "$15",
  validFromOn: null,
  validUntilOn: null,
  stoppedAt: null,
  stopReason: null,
  ...overrides,
});
const article = (overrides: Partial<StoredArticle> = {}): StoredArticle => ({
  id: "kb_1",
  title: "Day pass",
  body: "A day pass costs $15. Day passes are sold at the front desk.",
  facts: [fact()],
  version: 3,
  status: "published",
  isStopped: false,
  validFromOn: null,
  validUntilOn: null,
  ...overrides,
});
const STOPPED = { stoppedAt: "2026-11-21T10:00:00.000Z" };

const dates = fc.integer({ min: 0, max: 800 }).map((days) => addDays("2026-01-01", days));
const maybeDate = fc.option(dates, { nil: null });
const prices = fc.integer({ min: 1, max: 400 }).map((dollars) => `$${dollars}`);
const facts = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[a-z]{1,6}$/),
    value: prices,
    validFromOn: maybeDate,
    validUntilOn: maybeDate,
    isStopped: fc.boolean(),
  }),
  { selector: ({ id }) => id, maxLength: 6 },
);
const storedFacts = facts.map((list) =>
  list.map(({ isStopped, ...rest }) => fact({ ...rest, stoppedAt: isStopped ? STOPPED.stoppedAt : null })),
);

describe("what may be said today", () => {
  test("an article is said with its version, its facts, and the facts its text leaves out", () => {
    expect(knownOn(article({ facts: [fact(), fact({ id: "f2", label: "Week pass", value: "$40" })] }), TODAY)).toEqual({
      id: "kb_1",
      title: "Day pass",
      body: "A day pass costs $15. Day passes are sold at the front desk.\nWeek pass: $40.",
      version: 3,
      facts: [
        { id: "f1", kind: "price", label: "Day pass", value: "$15" },
        { id: "f2", kind: "price", label: "Week pass", value: "$40" },
      ],
      asked: [],
      translations: [],
    });
  });

  test("a question is used while all that answers it is said, also where a stop has silenced its sentence", () => {
    const costs = { text: "how much for one day", sentences: ["A day pass costs $15."] };
    const sold = { text: "where do i get a day pass", sentences: ["Day passes are sold at the front desk."] };
    const beside = { text: "can i pay with bitcoin", sentences: [] };
    const said = (facts: readonly Fact[]) => knownOn(article({ facts, asked: [costs, sold, beside] }), TODAY)?.asked;
    expect(said([fact()])).toEqual([costs, sold, beside]);
    expect(said([fact(STOPPED)])).toEqual([sold, beside]);
  });

  test.each([
    ["a draft", { status: "draft" }],
    ["a proposal", { status: "proposed" }],
    ["an archived article", { status: "archived" }],
    ["a stopped article", { isStopped: true }],
    ["an article that begins tomorrow", { validFromOn: "2026-11-22" }],
    ["an article that ended yesterday", { validUntilOn: "2026-11-20" }],
    ["an article whose title states a stopped fact", { title: "Day pass: $15", facts: [fact(STOPPED)] }],
  ] as const)("%s is not said", (_what, overrides) => {
    expect(knownOn(article(overrides), TODAY)).toBeNull();
  });

  test("the first and the last day of a validity belong to it", () => {
    fc.assert(
      fc.property(maybeDate, maybeDate, dates, (validFromOn, validUntilOn, today) => {
        const isInside =
          (validFromOn === null || daysBetween(validFromOn, today) >= 0) &&
          (validUntilOn === null || daysBetween(today, validUntilOn) >= 0);
        expect(isValidOn({ validFromOn, validUntilOn }, today)).toBe(isInside);
      }),
    );
  });

  test.each(["A day pass costs $15.", "A day pass is 15 dollars!", "Pay 15 USD for a day pass.", "That is $15.00 a day?"])(
    "a stopped price is silent in every spelling: %s",
    (sentence) => {
      const known = knownOn(article({ body: `${sentence} Day passes are sold at the front desk.`, facts: [fact(STOPPED)] }), TODAY);
      expect(known).toMatchObject({ body: "Day passes are sold at the front desk.", facts: [] });
      expect(
        checkFacts("A day pass is $15.", { facts: [known?.title ?? "", known?.body ?? ""], contactWords: [], allowedLinkHosts: [] }),
      ).not.toEqual([]);
    },
  );

  test("stopped words without a figure take their sentence along", () => {
    const body = "Children under 12 stay outside. The pool has lanes.";
    expect(
      knownOn(article({ body, facts: [fact({ kind: "policy", label: "Pool", value: "The pool has lanes", ...STOPPED })] }), TODAY)?.body,
    ).toBe("Children under 12 stay outside.");
  });

  test("a price that is over gives way to the one that holds, also where both are the same", () => {
    const summer = fact({ id: "summer", validUntilOn: "2026-08-31" });
    const winter = fact({ id: "winter", value: "$20", validFromOn: "2026-09-01" });
    expect(knownOn(article({ facts: [summer, winter] }), TODAY)?.body).toBe("Day passes are sold at the front desk.\nDay pass: $20.");
    expect(knownOn(article({ facts: [summer, { ...winter, value: "$15" }] }), TODAY)?.body).toContain("costs $15");
  });

  test("whatever the facts are, nothing of a stopped one is said, and what is said stands in the article or in a fact that holds", () => {
    fc.assert(
      fc.property(storedFacts, fc.array(prices, { maxLength: 5 }), dates, (list, said, today) => {
        const body = said.map((price) => `This costs ${price}.`).join(" ");
        const known = knownOn(article({ title: "Prices", body, facts: list }), today);
        for (const stopped of list.filter(({ stoppedAt }) => stoppedAt !== null)) {
          expect(states(known?.body ?? "", stopped)).toBe(false);
        }
        for (const each of known?.facts ?? []) {
          const stored = list.find(({ id }) => id === each.id);
          expect(stored !== undefined && stored.stoppedAt === null && isValidOn(stored, today)).toBe(true);
          expect(states(known?.body ?? "", each)).toBe(true);
        }
      }),
    );
  });
});

describe("facts", () => {
  test("entries of older rows are read, and what is no fact is left out", () => {
    expect(factsOf([{ kind: "rule", label: "Trial", value: "3 days" }, { label: "half" }, 7])).toEqual([
      fact({ id: "fact-1", kind: "policy", label: "Trial", value: "3 days" }),
    ]);
    expect(factsOf("none")).toEqual([]);
  });

  test("a stop holds for its value: it falls with a correction or when somebody lifts it, and with nothing else", () => {
    const before = [fact({ ...STOPPED, stopReason: "old price" })];
    const { stoppedAt: _at, stopReason: _why, ...draft } = fact({ label: "Pass for a day" });
    expect(withStops([draft], { before, isLifted: false })).toMatchObject([{ stoppedAt: STOPPED.stoppedAt, stopReason: "old price" }]);
    expect(withStops([{ ...draft, value: "$18" }], { before, isLifted: false })).toMatchObject([{ stoppedAt: null, stopReason: null }]);
    expect(withStops([draft], { before, isLifted: true })).toMatchObject([{ stoppedAt: null }]);
  });

  test("what cannot be is refused with words for people", () => {
    const content = {
      title: "Pool",
      body: "",
      facts: [],
      asked: [],
      translations: [],
      validFromOn: "2026-12-02",
      validUntilOn: "2026-12-01",
    };
    const messages = ArticleContent.safeParse(content).error?.issues.map(({ message }) => message);
    expect(messages).toEqual(["it ends before it begins", "write a text or a fact"]);
    expect(ArticleContent.safeParse({ ...content, validFromOn: "2026-02-30" }).success).toBe(false);
  });
});

describe("two versions", () => {
  const texts = fc
    .array(fc.constantFrom("Open daily. ", "Closed on Sunday. ", "Bring a towel. ", "Ask us.\n"), { maxLength: 8 })
    .map((parts) => parts.join(""));

  test("differ by parts that make up both of them again", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const parts = diffParts(partsOf(before), partsOf(after));
        const join = (kinds: readonly string[]): string =>
          parts
            .filter(({ kind }) => kinds.includes(kind))
            .map(({ text }) => text)
            .join("");
        expect([join(["same", "removed"]), join(["same", "added"])]).toEqual([before, after]);
        expect(hasChanges({ title: [], body: parts, facts: [], asked: [], translations: [] })).toBe(before !== after);
      }),
    );
  });

  test("name facts that came, went and changed, and call a stop no change", () => {
    const before = { title: "Pass", body: "", facts: [fact(), fact({ id: "f2" }), fact({ id: "f4" })], asked: [], translations: [] };
    const after = {
      title: "Passes",
      body: "",
      facts: [fact({ value: "$18" }), fact({ id: "f3" }), fact({ id: "f4", ...STOPPED })],
      asked: [],
      translations: [],
    };
    expect(diffVersions(before, after).facts.map(({ kind, before: old, after: fresh }) => [kind, (fresh ?? old)?.id])).toEqual([
      ["removed", "f2"],
      ["changed", "f1"],
      ["added", "f3"],
    ]);
  });

  test("name the translations that came, went and were mended", () => {
    const version = (...texts: readonly string[]) => ({
      title: "Pass",
      body: "",
      facts: [],
      asked: [],
      translations: texts.map((text) => ({ language: "es" as const, sentence: "Bring an ID.", text })),
    });
    const diff = diffVersions(version("Traiga ID."), version("Traiga una identificación."));
    expect(diff.translations.map(({ kind, translation }) => [kind, translation.text])).toEqual([
      ["removed", "Traiga ID."],
      ["added", "Traiga una identificación."],
    ]);
    expect(hasChanges(diff)).toBe(true);
    expect(hasChanges(diffVersions(version("Traiga ID."), version("Traiga ID.")))).toBe(false);
  });

  test("name the questions that came and went, and one that nothing answers any more as both", () => {
    const question = fc.record({
      text: fc.constantFrom("how much", "when", "where"),
      sentences: fc.constantFrom<readonly string[]>([], ["It costs $15."], ["It costs $15.", "We open at 9."]).map((all) => [...all]),
    });
    const version = (asked: readonly AskedQuestion[]) => ({ title: "Pass", body: "", facts: [], asked, translations: [] });
    const keys = (asked: readonly AskedQuestion[]): ReadonlySet<string> => new Set(asked.map((one) => JSON.stringify(one)));
    fc.assert(
      fc.property(fc.array(question), fc.array(question), (before, after) => {
        const { asked } = diffVersions(version(before), version(after));
        const of = (kind: "added" | "removed"): ReadonlySet<string> =>
          keys(asked.filter((one) => one.kind === kind).map((one) => one.asked));
        expect(of("removed")).toEqual(keys(before).difference(keys(after)));
        expect(of("added")).toEqual(keys(after).difference(keys(before)));
      }),
    );
  });
});

describe("conflicts", () => {
  const known = (id: string, overrides: Partial<KnownArticle>): KnownArticle => ({
    id,
    title: id,
    body: "",
    version: 1,
    facts: [],
    ...overrides,
  });
  const priced = (id: string, label: string, value: string) => known(id, { facts: [{ id: "f", kind: "price", label, value }] });

  test("two prices for one thing are shown, however they are written; one price twice is none", () => {
    expect(findConflicts([priced("a", "Day pass", "$15"), priced("b", "The day pass", "18 dollars")])).toMatchObject([
      { kind: "price", about: "Day pass", sides: [{ articleId: "a" }, { articleId: "b", says: "The day pass: 18 dollars" }] },
    ]);
    expect(findConflicts([priced("a", "Day pass", "$15"), priced("b", "Day passes", "15 dollars")])).toEqual([]);
    expect(findConflicts([priced("a", "Day pass", "$15"), priced("b", "Towel", "$2")])).toEqual([]);
  });

  test("other hours for one place on one weekday are shown; another place, another day and a holiday are not", () => {
    const desk = known("a", { body: "The front desk is staffed Monday to Friday from 9 am to 8 pm." });
    const about = (body: string) => findConflicts([desk, known("b", { body })]).map((conflict) => conflict.about);
    expect(about("The front desk is staffed on Monday from 10 am to 8 pm.")).toEqual(["hours: desk front"]);
    expect(about("The front desk is closed on Friday.")).toEqual(["hours: desk front"]);
    expect(about("The front desk is staffed on weekdays 9am-8pm.")).toEqual([]);
    expect(about("The front desk is staffed on Saturday from 10 am to 2 pm.")).toEqual([]);
    expect(about("The pool is open Monday to Friday from 6 am to 9 pm.")).toEqual([]);
    expect(about("On Thanksgiving, Thursday, November 26, the front desk is closed.")).toEqual([]);
  });
});

describe("hours of the club's rules", () => {
  const nineToFive = [{ startMinute: 540, endMinute: 1_020 }];
  const WEEK: WeekHours = [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []];
  const hours = { opening: WEEK, staffed: null };
  const thanksgiving = { onDate: "2026-11-26", name: "Thanksgiving", openSpans: [], staffedSpans: [] };
  const bodies = (status: "asked" | "closed" | "usual" | "open", todayOn = TODAY) =>
    hoursArticles({ hours, specialDays: [{ ...thanksgiving, status }], todayOn, languages: ["en"] }).map(({ id, body }) => [id, body]);

  test("are sentences to quote, and nothing where nobody told them", () => {
    expect(hoursArticles({ hours, specialDays: [], todayOn: TODAY, languages: ["en", "es"] }).map(({ id, body }) => [id, body])).toEqual([
      ["hours", "We are open Monday to Friday from 9 am to 5 pm. We are closed on Saturday and Sunday."],
      ["hours-es", "Abrimos lunes a viernes de 9 am a 5 pm. No abrimos sábado y domingo."],
    ]);
    expect(hoursArticles({ hours: BUILT_IN_POLICY.hours, specialDays: [], todayOn: TODAY, languages: ["en"] })).toEqual([]);
  });

  test("of a holiday that was asked about and not answered nothing is said, nor of its weekday in the week before", () => {
    const [[, body] = []] = bodies("asked");
    expect(body).toBe(
      "We are open Monday to Wednesday from 9 am to 5 pm. We are open Friday from 9 am to 5 pm. We are closed on Saturday and Sunday.",
    );
    expect(bodies("asked").flat().join(" ")).not.toMatch(/thanksgiving|thursday|november/i);
    expect(bodies("asked", "2026-11-15")[0]?.[1]).toContain("Monday to Friday");
  });

  test("a decided holiday is said with its weekday and date", () => {
    expect(bodies("closed")).toContainEqual(["special-days", "On Thanksgiving, Thursday, November 26, we are closed."]);
    expect(bodies("usual")).toContainEqual([
      "special-days",
      "On Thanksgiving, Thursday, November 26, we keep our usual hours, from 9 am to 5 pm.",
    ]);
    expect(bodies("usual")[0]?.[1]).toContain("Monday to Friday");
    expect(bodies("closed", "2026-11-27").map(([id]) => id)).toEqual(["hours"]);
  });

  test("a notice says until when, and its ready choices lie in the future", () => {
    expect(noticeArticle({ id: "notice_1", text: "The pool is closed", untilOn: "2026-11-27" })).toMatchObject({
      id: "notice:notice_1",
      body: "The pool is closed. This holds until Friday, November 27.",
    });
    fc.assert(
      fc.property(dates, (today) => {
        const [first, second, friday] = noticeEnds(today).map(({ untilOn }) => untilOn);
        expect([first, second]).toEqual([today, addDays(today, 1)]);
        expect(weekdayOf(friday ?? "")).toBe(4);
        expect(daysBetween(today, friday ?? "")).toSatisfy((days: number) => days >= 1 && days <= 7);
      }),
    );
  });
});

describe("public holidays", () => {
  test.each([
    ["US", "Thanksgiving", ["2026-11-26", "2027-11-25", "2028-11-23"]],
    ["US", "Memorial Day", ["2026-05-25", "2027-05-31", "2028-05-29"]],
    ["US", "Labor Day", ["2026-09-07", "2027-09-06", "2028-09-04"]],
    ["US", "Martin Luther King Jr. Day", ["2026-01-19", "2027-01-18", "2028-01-17"]],
    ["CA", "Thanksgiving", ["2026-10-12", "2027-10-11", "2028-10-09"]],
    ["CA", "Victoria Day", ["2026-05-18", "2027-05-24", "2028-05-22"]],
    ["CA", "Good Friday", ["2026-04-03", "2027-03-26", "2028-04-14"]],
    ["US", "Easter Sunday", ["2026-04-05", "2027-03-28", "2028-04-16"]],
  ] as const)("%s: %s", (country, name, expected) => {
    const found = [2026, 2027, 2028].map((year) => holidaysOf(country, year).find((holiday) => holiday.name === name)?.onDate);
    expect(found).toEqual(expected);
  });

  test("a stretch over the end of a year has the holidays of both, each day once", () => {
    expect(holidaysBetween("US", { fromOn: "2026-12-20", untilOn: "2027-01-03" }).map(({ onDate }) => onDate)).toEqual([
      "2026-12-24",
      "2026-12-25",
      "2026-12-31",
      "2027-01-01",
    ]);
    fc.assert(
      fc.property(fc.constantFrom("US" as const, "CA" as const), fc.integer({ min: 1990, max: 2190 }), (country, year) => {
        const days = holidaysOf(country, year).map(({ onDate }) => onDate);
        expect(new Set(days).size).toBe(days.length);
        expect(days).toEqual(days.toSorted());
      }),
    );
  });
});
