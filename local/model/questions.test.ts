import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";

import { questionsOf } from "./questions.ts";
import { startTestModel } from "./testing.ts";

const Suggestion = z.object({
  sentences: z.array(z.object({ number: z.number(), questions: z.array(z.string()) })),
  beside: z.array(z.string()),
  remark: z.string(),
});

const TASK = "<task>suggest the questions that members ask for an article</task>";
const contentOf = (texts: readonly string[], title = "Day pass price"): string => {
  const sentences = texts.map((text, place) => ({ number: place + 1, text }));
  return `<article>${JSON.stringify({ title, sentences, facts: [] })}</article>\n<asked>[]</asked>\n${TASK}`;
};
const ask = (content: string) => questionsOf({ model: "demo", system: "", messages: [{ role: "user", content }] });
const ofOne = (sentence: string) => ask(contentOf([sentence]))?.sentences[0]?.questions ?? [];

test("the demo brain makes plain questions of prices, hours, what there is and is not, and what members may do", () => {
  expect(ofOne("A day pass costs $15.")).toContain("how much is a day pass");
  expect(ofOne("Day passes are $15 for one day.")).toContain("how much are day passes");
  expect(ofOne("The front desk is staffed Monday to Friday 8 am to 8 pm.")).toContain("when is the front desk open");
  expect(ofOne("We have no sauna.")).toContain("do you have sauna");
  expect(ofOne("There is a sauna in the basement.")).toContain("u got sauna?");
  expect(ofOne("Members can freeze their membership for up to 3 months.")).toContain("can i freeze my membership");
  expect(ofOne("Members can book a seat for 2 hours.")).toContain("can i book a seat");
  expect(ofOne("Bring a photo ID.")).toContain("do i need to bring a photo id");
});

test("figures are in none of its questions, and it says what it is", () => {
  const suggestion = ask(contentOf(["Day passes are $15 for 1 day.", "Ask.", "You may come at 9."]));
  expect(suggestion?.sentences.map(({ number }) => number)).toEqual([1, 3]);
  expect(JSON.stringify([suggestion?.sentences.map(({ questions }) => questions), suggestion?.beside])).not.toMatch(/\d/);
  expect(suggestion?.remark).toContain("demo brain");
  expect(suggestion?.beside.length).toBeGreaterThan(0);
});

test("it says so where it finds nothing, and leaves every other request alone", () => {
  expect(ask(contentOf(["Ask."]))).toMatchObject({ sentences: [], beside: [], remark: expect.stringContaining("demo brain") });
  expect(ask(`<article>{</article>\n${TASK}`)).toMatchObject({ sentences: [] });
  expect(ask("<task>something else</task>")).toBeNull();
});

test("its questions come through the whole way of the service", async () => {
  const { client, server } = await startTestModel();
  onTestFinished(() => server.close());
  const { type, schema } = zodOutputFormat(Suggestion);
  const answer = await client.messages.create({
    model: "claude-haiku-5-5",
    max_tokens: 2_000,
    messages: [{ role: "user", content: contentOf(["A day pass costs $15."]) }],
    output_config: { format: { type, schema } },
  });
  const [block] = answer.content;
  const { sentences } = Suggestion.parse(JSON.parse(block?.type === "text" ? block.text : ""));
  expect(sentences[0]?.questions).toContain("how much is a day pass");
});
