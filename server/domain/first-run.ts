import { z } from "zod";

import type { ArticleContent, FactDraft, FactKind } from "./knowledge.ts";

/** Answered in the rules of the club, where opening hours live. */
export const HOURS_QUESTIONS = ["opening_hours", "staffed_hours"] as const;
/** Each answer becomes an article. */
export const ARTICLE_QUESTIONS = [
  "holidays",
  "prices",
  "guests",
  "freeze_cancel",
  "parking",
  "classes_bays",
  "lost_found",
  "contact",
] as const;
export const QUESTIONS = [...HOURS_QUESTIONS, ...ARTICLE_QUESTIONS] as const;

export type HoursQuestion = (typeof HOURS_QUESTIONS)[number];
export type ArticleQuestion = (typeof ARTICLE_QUESTIONS)[number];
export type Question = (typeof QUESTIONS)[number];

/** What can be done or left out; `begun` and `finished` are its ends. */
export const FIRST_RUN_STEPS = ["begun", "connect", ...QUESTIONS, "try", "finished"] as const;
export type FirstRunStep = (typeof FIRST_RUN_STEPS)[number];
/** What may be left out for now. */
export const SKIPPABLE_STEPS = ["connect", ...QUESTIONS, "try"] as const;

export type StepState = "open" | "done" | "skipped";
export type ClubKind = "gym" | "golf";

const LINE_MAX_CHARACTERS = 160;
const TEXT_MAX_CHARACTERS = 600;

type AnswerField = {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
  /** `line`: a value that stands in a sentence of ours; `text`: sentences of the owner's own. */
  readonly kind: "line" | "text" | "price";
  /** What a member is told; `null` = the words as they are. */
  readonly sentence: ((value: string) => string) | null;
  /** A value that is checked in every answer. */
  readonly fact: { readonly kind: FactKind; readonly label: string } | null;
};

type ArticlePlan = {
  readonly ask: string;
  readonly why: string;
  readonly title: string;
  readonly fields: readonly AnswerField[];
  /** A question a member would put, to try the answer with. */
  readonly sample: string;
};

const price = (name: string, label: string, placeholder: string): AnswerField => ({
  name,
  label,
  placeholder,
  kind: "price",
  sentence: (value) => `The ${label.toLowerCase()} is ${value}.`,
  fact: { kind: "price", label },
});

const text = (name: string, label: string, placeholder: string): AnswerField => ({
  name,
  label,
  placeholder,
  kind: "text",
  sentence: null,
  fact: null,
});

const line = (name: string, words: Pick<AnswerField, "label" | "placeholder" | "sentence" | "fact">): AnswerField => ({
  name,
  kind: "line",
  ...words,
});

const CLASSES: ArticlePlan = {
  ask: "Which classes are there, and how does somebody book?",
  why: "Where there are none, say so: that is an answer too.",
  title: "Classes and booking",
  fields: [
    text("offer", "Classes", "Spin, yoga and HIIT every weekday. Classes are free for members."),
    line("link", {
      label: "Where to book",
      placeholder: "https://…",
      sentence: (value) => `Book a class at ${value}.`,
      fact: { kind: "link", label: "Booking" },
    }),
  ],
  sample: "How do I book a class?",
};

const BAYS: ArticlePlan = {
  ask: "How many bays are there, and how does somebody book one?",
  why: "Members ask this most, right before they come.",
  title: "Bays and booking",
  fields: [
    text("offer", "Bays", "We have six bays with simulators. Each holds up to four players."),
    line("link", {
      label: "Where to book",
      placeholder: "https://…",
      sentence: (value) => `Book a bay at ${value}.`,
      fact: { kind: "link", label: "Booking" },
    }),
  ],
  sample: "How do I book a bay?",
};

const PLANS: Readonly<Record<Exclude<ArticleQuestion, "classes_bays">, ArticlePlan>> = {
  holidays: {
    ask: "On which holidays are you closed, or open for fewer hours?",
    why: "Two weeks before each holiday Spotter asks for its hours again. It never guesses them.",
    title: "Holidays",
    fields: [
      line("closed", {
        label: "Closed on",
        placeholder: "Thanksgiving and Christmas Day",
        sentence: (value) => `We are closed on ${value}.`,
        fact: { kind: "hours", label: "Closed on" },
      }),
      text("other", "Other hours", "On Christmas Eve we close at 2 pm."),
    ],
    sample: "Are you open on Christmas Day?",
  },
  prices: {
    ask: "What does it cost?",
    why: "Prices stand as values: Spotter never says another one.",
    title: "Prices",
    fields: [
      price("membership", "Monthly membership", "$39"),
      price("joining", "Joining fee", "$49"),
      price("day-pass", "Day pass", "$15"),
      text("more", "Anything to add", "Students pay half. Prices include tax."),
    ],
    sample: "How much is a day pass?",
  },
  guests: {
    ask: "May members bring a guest?",
    why: "Say how often, and what the guest has to do at the door.",
    title: "Guests",
    fields: [
      text("rule", "Your rule", "Members may bring one guest at a time. Guests sign in at the front desk."),
      price("price", "Guest pass", "$10"),
    ],
    sample: "Can I bring a guest?",
  },
  freeze_cancel: {
    ask: "How does somebody freeze or cancel a membership?",
    why: "Spotter explains it and hands over. It never freezes or cancels anything by itself.",
    title: "Freezing or cancelling a membership",
    fields: [
      text("freeze", "To freeze", "A membership can be frozen for up to three months. Write to the front desk a week ahead."),
      text("cancel", "To cancel", "A membership ends 30 days after you cancel it in writing at the front desk."),
    ],
    sample: "How can I freeze my membership?",
  },
  parking: {
    ask: "Where do people park?",
    why: "New visitors ask on the way, and need an answer within a minute.",
    title: "Parking",
    fields: [text("where", "Parking", "Parking is free in the garage behind the building. Bike racks are at the entrance.")],
    sample: "Where can I park?",
  },
  lost_found: {
    ask: "What happens to things people leave behind?",
    why: "Where they are kept, how long, and whom to ask.",
    title: "Lost and found",
    fields: [text("rule", "Lost and found", "Lost things are kept at the front desk for 14 days.")],
    sample: "What do you do with lost and found things?",
  },
  contact: {
    ask: "How does somebody reach a person?",
    why: "Spotter names these whenever a person must be called.",
    title: "How to reach us",
    fields: [
      line("phone", {
        label: "Phone",
        placeholder: "(303) 555-0142",
        sentence: (value) => `The phone number of the front desk is ${value}.`,
        fact: { kind: "phone", label: "Front desk" },
      }),
      line("email", {
        label: "E-mail",
        placeholder: "hello@club.example",
        sentence: (value) => `Our e-mail address is ${value}.`,
        fact: { kind: "other", label: "E-mail" },
      }),
      line("emergency", {
        label: "Emergency line",
        placeholder: "(303) 555-0199",
        sentence: (value) => `In an emergency call 911 first, then our emergency line at ${value}.`,
        fact: { kind: "phone", label: "Emergency line" },
      }),
    ],
    sample: "What is your phone number?",
  },
};

export const planOf = (question: ArticleQuestion, kind: ClubKind): ArticlePlan =>
  question === "classes_bays" ? (kind === "golf" ? BAYS : CLASSES) : PLANS[question];

export const isArticleQuestion = (question: Question): question is ArticleQuestion => ARTICLE_QUESTIONS.some((one) => one === question);

const HOURS_SAMPLES = {
  opening_hours: "When are you open on Saturday?",
  staffed_hours: "When is the front desk staffed?",
} as const satisfies Record<HoursQuestion, string>;

const sampleOf = (question: Question, kind: ClubKind): string =>
  isArticleQuestion(question) ? planOf(question, kind).sample : HOURS_SAMPLES[question];

const SAMPLE_COUNT = 3;

export type Sample = { readonly text: string; /** Nobody has answered it yet: Spotter must not either. */ readonly isUnknown: boolean };

/** Three questions to try: what was answered first, then what was not, to see that Spotter does not guess. */
export const samplesOf = (states: Readonly<Record<Question, StepState>>, kind: ClubKind): readonly Sample[] => {
  // Articles before hours, because those were written in the owner's own words.
  const inOrder: readonly Question[] = [...ARTICLE_QUESTIONS, ...HOURS_QUESTIONS];
  const known = inOrder.filter((question) => states[question] === "done");
  const unknown = inOrder.filter((question) => states[question] !== "done");
  return [...known, ...unknown]
    .slice(0, SAMPLE_COUNT)
    .map((question) => ({ text: sampleOf(question, kind), isUnknown: states[question] !== "done" }));
};

/** Values by the names of a question's fields, as they were typed. */
export const Answer = z.record(z.string().max(40), z.string().max(TEXT_MAX_CHARACTERS, `at most ${TEXT_MAX_CHARACTERS} characters`));
export type Answer = z.infer<typeof Answer>;

const isTooLong = ({ kind }: AnswerField, value: string): boolean => kind !== "text" && value.length > LINE_MAX_CHARACTERS;

/** The article an answer makes, in whole sentences with its figures as facts; null while nothing is answered, or a value is too long to be one. */
export const articleOf = (
  question: ArticleQuestion,
  { answer, kind }: { readonly answer: Answer; readonly kind: ClubKind },
): ArticleContent | null => {
  const plan = planOf(question, kind);
  const filled = plan.fields.flatMap((field) => {
    const value = tidied(field, answer[field.name] ?? "");
    return value === "" ? [] : [{ field, value }];
  });
  if (filled.length === 0 || filled.some(({ field, value }) => isTooLong(field, value))) {
    return null;
  }
  return {
    title: plan.title,
    body: filled.map(({ field, value }) => field.sentence?.(value) ?? asSentence(value)).join(" "),
    facts: filled.flatMap(({ field, value }) => factOf(field, value)),
    asked: [],
    translations: [],
    validFromOn: null,
    validUntilOn: null,
  };
};

/** A price without a sign is one in dollars; a value that ends a sentence of ours brings no full stop of its own. */
const tidied = ({ kind }: AnswerField, typed: string): string => {
  const value = typed.trim().replace(/\s+/g, " ");
  if (kind === "text") {
    return value;
  }
  const bare = value.replace(/[.\s]+$/, "");
  return kind === "price" && /^\d/.test(bare) ? `$${bare}` : bare;
};

const asSentence = (value: string): string => (/[.!?]$/.test(value) ? value : `${value}.`);

const factOf = ({ fact, name }: AnswerField, value: string): readonly FactDraft[] =>
  fact === null ? [] : [{ id: name, ...fact, value, validFromOn: null, validUntilOn: null }];
