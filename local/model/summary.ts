import { z } from "zod";
import { type PromptParts, textOf } from "./request.ts";

const Turns = z.array(z.looseObject({ from: z.enum(["contact", "staff", "agent"]), text: z.string() }));

const TASK = /<task>summarise the conversation/;
/** Of what the contact wrote and of what the club did, so many each. */
const QUOTE_COUNT = 3;
const QUOTE_MAX_CHARACTERS = 120;
/** A summary that grows with each one before it would never end. */
const EARLIER_MAX_CHARACTERS = 600;

/** What the demo brain keeps of a conversation: the last words of either side, quoted, because it understands no more. Null for any other request. */
export const summaryOf = (request: PromptParts): { readonly summary: string } | null => {
  const text = textOf(request.messages.findLast((message) => message.role === "user")?.content);
  if (!TASK.test(text)) {
    return null;
  }
  const turns = readBlock(text, { tag: "conversation", schema: Turns }) ?? [];
  const earlier = readBlock(text, { tag: "earlier_summary", schema: z.string() }) ?? "";
  const contact = quotes(turns.filter(({ from }) => from === "contact"));
  const club = quotes(turns.filter(({ from }) => from !== "contact"));
  return {
    summary: [
      earlier.slice(-EARLIER_MAX_CHARACTERS),
      contact === "" ? "" : `The contact wrote: ${contact}.`,
      club === "" ? "" : `The club wrote: ${club}.`,
    ]
      .filter((part) => part !== "")
      .join(" "),
  };
};

const quotes = (turns: z.infer<typeof Turns>): string =>
  turns
    .slice(-QUOTE_COUNT)
    .map(({ text }) => `“${text.replaceAll(/\s+/gu, " ").trim().slice(0, QUOTE_MAX_CHARACTERS)}”`)
    .join(", ");

const readBlock = <T>(text: string, { schema, tag }: { tag: string; schema: z.ZodType<T> }): T | null => {
  const body = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(text)?.[1];
  try {
    return body === undefined ? null : (schema.safeParse(JSON.parse(body)).data ?? null);
  } catch {
    return null;
  }
};
