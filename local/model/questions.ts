import { z } from "zod";
import { type PromptParts, textOf } from "./request.ts";

const TASK = /<task>suggest the questions that members ask for an article<\/task>/;

const Article = z.looseObject({
  title: z.string(),
  sentences: z.array(z.looseObject({ number: z.number(), text: z.string() })),
});

type Suggestion = {
  readonly sentences: readonly { readonly number: number; readonly questions: readonly string[] }[];
  readonly beside: readonly string[];
  readonly remark: string;
};

/** Told to the person with every suggestion, because templates know neither the club nor its members. */
const REMARK = "These are plain templates of the demo brain: read each one.";
const NOTHING = "The demo brain finds nothing in this text to make a question of.";

/** How the demo brain reads a kind of sentence, and what it makes of the words it caught. */
type Template = { readonly pattern: RegExp; readonly questions: (words: string) => readonly string[] };

const be = (thing: string): string => (/[^s]s$/.test(thing) ? "are" : "is");

const PRICED = /^(.+?) (?:costs?|is|are) (?:only )?[$€£]/i;

const TEMPLATES: readonly Template[] = [
  {
    pattern: PRICED,
    questions: (thing) => [
      `how much ${be(thing)} ${thing}`,
      `what ${be(thing) === "is" ? "does" : "do"} ${thing} cost`,
      `price of ${thing}?`,
      `${be(thing)} ${thing} free`,
      `do i have to pay for ${thing}`,
      `hi, could you tell me what you charge for ${thing} please`,
    ],
  },
  {
    pattern: /^(?:sorry, )?(?:we have|we offer|there (?:is|are)) (?:no|not any) (.+?)(?: at .*| in .*)?$/i,
    questions: (thing) => [`do you have ${thing}`, `u got ${thing}?`, `${be(thing)} there ${thing}`, `can i use ${thing} at your place`],
  },
  {
    pattern: /^(?:we have|we offer|there (?:is|are)) (?:an? |the )?(.+?)(?: (?:at|in|for|on) .*)?$/i,
    questions: (thing) => [
      `do you have ${thing}`,
      `u got ${thing}?`,
      `${be(thing)} there ${thing}`,
      `hi, wondering whether you offer ${thing}`,
    ],
  },
  {
    pattern: /^(.+?) (?:is|are) (?:open|staffed) /i,
    questions: (thing) => [
      `when ${be(thing)} ${thing} open`,
      `what are the hours of ${thing}`,
      `${be(thing)} ${thing} open now`,
      `how late ${be(thing)} ${thing} open`,
    ],
  },
  {
    pattern: /^(?:members|you|guests) (?:can|may) (?:also )?(.+)$/i,
    questions: (deed) => [`can i ${deed}`, `am i allowed to ${deed}`, `is it ok to ${deed}`],
  },
  {
    pattern: /^(?:please )?(bring .+)$/i,
    questions: (deed) => [`do i need to ${deed}`, "what do i need to bring", "anything i should take along"],
  },
  {
    pattern: /^(.+?) (?:is|are) /i,
    questions: (thing) => [`how does it work with ${thing}`, `what about ${thing}`, `can you tell me about ${thing}`],
  },
];

/** Sounds like any article, and is what none of them says. */
const BESIDE: readonly ((title: string) => string)[] = [
  (title) => `who do i complain to about ${title}`,
  (title) => `can i get a discount on ${title}`,
  (title) => `was ${title} different last year`,
];

/** What the demo brain makes of the sentences of an article: the same templates for all of them. Null for any other request. */
export const questionsOf = (request: PromptParts): Suggestion | null => {
  const text = textOf(request.messages.findLast((message) => message.role === "user")?.content);
  if (!TASK.test(text)) {
    return null;
  }
  const article = articleIn(text);
  const sentences = (article?.sentences ?? []).flatMap(({ number, text: sentence }) => {
    const questions = questionsFor(sentence);
    return questions.length === 0 ? [] : [{ number, questions }];
  });
  return sentences.length === 0
    ? { sentences: [], beside: [], remark: NOTHING }
    : { sentences, beside: BESIDE.map((ask) => ask(plain(article?.title ?? ""))), remark: REMARK };
};

const questionsFor = (sentence: string): readonly string[] => {
  const bare = sentence.replace(/[.!?]+$/u, "");
  for (const { pattern, questions } of TEMPLATES) {
    // Articles speak of members and to them; a member speaks of "my".
    const words = plain(pattern.exec(bare)?.[1] ?? "").replaceAll(/\b(?:their|your)\b/g, "my");
    if (words !== "") {
      return questions(words);
    }
  }
  return [];
};

/** Without what stands in brackets and behind the first figure, in small letters. */
const plain = (words: string): string =>
  words
    .replace(/\([^)]*\)/gu, "")
    .replace(/\s*(?:\b(?:for|at|up to|from|until|within|every|by|in)\s+)*[$€£]?\p{N}.*$/u, "")
    .replace(/\s+/gu, " ")
    .trim()
    .toLowerCase();

/** The article of a request, with its sentences numbered; null where none can be read. */
export const articleIn = (text: string): z.infer<typeof Article> | null => {
  const body = /<article>([\s\S]*?)<\/article>/.exec(text)?.[1];
  try {
    return body === undefined ? null : (Article.safeParse(JSON.parse(body)).data ?? null);
  } catch {
    return null;
  }
};
