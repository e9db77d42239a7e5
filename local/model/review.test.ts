import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { startTestModel } from "./testing.ts";

const Review = z.object({ rules: z.array(z.object({ text: z.string(), evidenceIds: z.array(z.string()) })) });
const shorter = (id: string) => ({
  id,
  draft: "Hello there! We are open from nine until three, and do ask me about anything else.",
  sent: "Nine to three.",
});

/** The whole way of a review through the service: prompt in, structured answer out. */
const review = async (corrections: readonly object[], rules: readonly string[] = []) => {
  const { client, server } = await startTestModel();
  onTestFinished(() => server.close());
  const { type, schema } = zodOutputFormat(Review);
  const answer = await client.messages.create({
    model: "claude-haiku-5-5",
    max_tokens: 500,
    messages: [
      {
        role: "user",
        content: `<rules>${JSON.stringify(rules)}</rules>\n<corrections>${JSON.stringify(corrections)}</corrections>\n<task>propose rules of style from the week's corrections</task>`,
      },
    ],
    output_config: { format: { type, schema } },
  });
  const [block] = answer.content;
  return Review.parse(JSON.parse(block?.type === "text" ? block.text : ""));
};

test("the most frequent kind of edit becomes one rule with its cases", async () => {
  expect(await review([shorter("a"), shorter("b"), { id: "c", draft: "Sure.", sent: "Sure. When would suit you?" }])).toEqual({
    rules: [{ text: "Keep answers shorter: leave out what was not asked.", evidenceIds: ["a", "b"] }],
  });
});

test("what was proposed before, or shows no habit, is not proposed", async () => {
  const known = ["Keep answers shorter: leave out what was not asked.", "Use no exclamation marks."];
  expect(await review([shorter("a"), shorter("b")], known)).toEqual({ rules: [] });
  expect(await review([shorter("a")])).toEqual({ rules: [] });
  expect(await review([{ id: "a", draft: "Sure.", sent: null }])).toEqual({ rules: [] });
});
