import { z } from "zod";
import { type PromptParts, textOf } from "./request.ts";

const TASK = /<task>write the text of a workflow/;
const OwnText = z.string();

/**
 * What the demo brain writes for a whole group: the club's own words, because it knows no better ones, without the exclamation
 * marks. Null for any other request.
 */
export const templateOf = (request: PromptParts): { readonly body: string } | null => {
  const text = textOf(request.messages.findLast((message) => message.role === "user")?.content);
  if (!TASK.test(text)) {
    return null;
  }
  const own = readBlock(text);
  return { body: own === null ? "" : own.replaceAll(/!+/g, ".") };
};

const readBlock = (text: string): string | null => {
  const body = /<own_text>([\s\S]*?)<\/own_text>/.exec(text)?.[1];
  try {
    return body === undefined ? null : (OwnText.safeParse(JSON.parse(body)).data ?? null);
  } catch {
    return null;
  }
};
