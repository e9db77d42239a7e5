import { z } from "zod";
import { type PromptParts, textOf } from "./request.ts";

const TASK = /<task>rewrite the message so that it is (shorter|warmer and friendlier)<\/task>/;

/** Words the demo brain can do without. */
const FILLERS = /\b(please note that|just|really|actually|very|in order|at this time|I would like to let you know that)\b\s*/gi;

type Rewrite = { readonly isRewritten: boolean; readonly text: string };

/** Fewer filler words, or a kind frame around the same words. Null for any other request. */
export const rewriteOf = (request: PromptParts): Rewrite | null => {
  const text = textOf(request.messages.findLast((message) => message.role === "user")?.content);
  const wish = TASK.exec(text)?.[1];
  if (wish === undefined) {
    return null;
  }
  const message = messageIn(text);
  if (wish !== "shorter") {
    return { isRewritten: true, text: `Thank you for asking. ${message} We are glad to help with anything else.` };
  }
  const shorter = message.replace(FILLERS, "").trim();
  return shorter === message
    ? { isRewritten: false, text: "The demo brain finds nothing to leave out." }
    : { isRewritten: true, text: shorter.replace(/\p{Letter}/u, (letter) => letter.toUpperCase()) };
};

const messageIn = (text: string): string => {
  const body = /<message>([\s\S]*?)<\/message>/.exec(text)?.[1];
  try {
    return body === undefined ? "" : (z.string().safeParse(JSON.parse(body)).data ?? "");
  } catch {
    return "";
  }
};
