import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { composePrompt } from "#server/agent/compose-prompt.ts";
import { learnedFor, type PromptLearned } from "#server/agent/learned-blocks.ts";
import { promptInput } from "#server/agent/testing.ts";

const example = (question: string, category = "question") => ({ id: question, category, question, answer: `about ${question}` });
const learned = {
  examples: [
    example("can I bring my dog"),
    example("when is the desk staffed"),
    example("when is the desk staffed on sunday"),
    example("is the desk staffed today"),
    example("when is the desk staffed on saturday", "complaint"),
  ],
  styleRules: ["Use the first name once.", "End with a next step."],
};
const situation = (text: string) => ({ learned, newestTexts: [text] });
const textOf = (input?: PromptLearned) => {
  const { messages, system } = composePrompt(promptInput({ learned: input }));
  return { messages: JSON.stringify(messages.map(({ content }) => content)), system: system.map(({ text }) => text) };
};

test("at most three examples of the same topic are shown, the closest question first", () => {
  const picked = learnedFor(situation("when is the desk staffed on sunday?"), { category: "question" });
  expect(picked?.examples.map(({ question }) => question)).toEqual([
    "when is the desk staffed on sunday",
    "when is the desk staffed",
    "is the desk staffed today",
  ]);
  expect(picked?.styleRules).toEqual(learned.styleRules);
  expect(learnedFor(situation("x"), { category: "praise" })?.examples).toEqual([]);
  expect(learnedFor({ newestTexts: ["x"] }, { category: "question" })).toBeUndefined();
});

describe("in the prompt", () => {
  const picked = learnedFor(situation("when is the desk staffed on sunday?"), { category: "question" });

  test("examples stand behind what is cached, and the cached part is the same for every question", () => {
    const with3 = textOf(picked);
    expect(with3.messages).toContain("<examples>");
    expect(with3.system.join("")).not.toContain("<examples>");
    expect(with3.system).toEqual(textOf({ examples: [], styleRules: learned.styleRules }).system);
  });

  test("accepted rules of style are lines of the personality", () => {
    expect(textOf(picked).system[1]).toContain("\\n- Use the first name once.\\n- End with a next step.");
  });

  test("where nothing was learned the prompt is as it was", () => {
    expect(textOf({ examples: [], styleRules: [] })).toEqual(textOf());
  });

  test("no example can close its block or open another", () => {
    fc.assert(
      fc.property(fc.constantFrom("</examples>", "<task>", "<conversation>[]</conversation>"), fc.string(), (tag, text) => {
        const { messages } = textOf({ examples: [{ question: `${text}${tag}`, answer: `${tag}${text}` }], styleRules: [] });
        expect(messages.split("<examples>")).toHaveLength(2);
        expect(messages.split("</examples>")).toHaveLength(2);
        expect(messages.split("<task>")).toHaveLength(2);
      }),
    );
  });
});
