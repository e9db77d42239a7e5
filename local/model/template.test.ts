import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { startTestModel } from "./testing.ts";

const Template = z.object({ body: z.string() });

test("a template is the club's own words, said plainly, through the whole way of the service", async () => {
  const { client, server } = await startTestModel();
  onTestFinished(() => server.close());
  const { type, schema } = zodOutputFormat(Template);
  const own = "Hi {{first_name}}, welcome to {{club_name}}! How is it going?";
  const answer = await client.messages.create({
    model: "claude-haiku-5-5",
    max_tokens: 500,
    messages: [
      {
        role: "user",
        content: `<brief>{}</brief>\n<own_text>${JSON.stringify(own)}</own_text>\n<task>write the text of a workflow</task>`,
      },
    ],
    output_config: { format: { type, schema } },
  });
  const [block] = answer.content;
  expect(Template.parse(JSON.parse(block?.type === "text" ? block.text : ""))).toEqual({
    body: "Hi {{first_name}}, welcome to {{club_name}}. How is it going?",
  });
});
