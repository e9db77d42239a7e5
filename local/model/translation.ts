import { z } from "zod";
import { type PromptParts, textOf } from "./request.ts";

const TASK = /<task>translate the message into ([A-Za-z ]+)<\/task>/;

/** All the demo brain can translate, word for word; each pair is English and Spanish. */
const PHRASES: readonly (readonly [string, string])[] = [
  ["hello", "hola"],
  ["thank you", "gracias"],
  ["good morning", "buenos días"],
  ["what time do you open?", "¿a qué hora abren?"],
  ["when do you open tomorrow?", "¿cuándo abren mañana?"],
  ["we open at 9.", "abrimos a las 9."],
  ["we are open today.", "estamos abiertos hoy."],
  ["do you have towels?", "¿tienen toallas?"],
  ["yes, we have towels.", "sí, tenemos toallas."],
  ["towels are free.", "las toallas son gratis."],
  ["i want to talk to a person.", "quiero hablar con una persona."],
];

const CANNOT = "The demo brain cannot translate this.";

type Translation = { readonly isTranslated: boolean; readonly text: string };

/** A phrase of its small table in the other language, or an honest no. Null for any other request. */
export const translationOf = (request: PromptParts): Translation | null => {
  const text = textOf(request.messages.findLast((message) => message.role === "user")?.content);
  const language = TASK.exec(text)?.[1];
  if (language === undefined) {
    return null;
  }
  const message = messageIn(text);
  const found = phraseIn(message, language);
  return found === null ? { isTranslated: false, text: CANNOT } : { isTranslated: true, text: found };
};

/** What stands in the table for a text, whatever its case and marks; null = it does not, or not in this language. */
export const phraseIn = (text: string, language: string): string | null => {
  const [from, to] = language === "Spanish" ? ([0, 1] as const) : ([1, 0] as const);
  const found = language === "Spanish" || language === "English" ? PHRASES.find((pair) => plain(pair[from]) === plain(text)) : undefined;
  return found === undefined ? null : sentence(found[to]);
};

const messageIn = (text: string): string => {
  const body = /<message>([\s\S]*?)<\/message>/.exec(text)?.[1];
  try {
    return body === undefined ? "" : (z.string().safeParse(JSON.parse(body)).data ?? "");
  } catch {
    return "";
  }
};

const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

const sentence = (text: string): string => text.replace(/\p{Letter}/u, (letter) => letter.toUpperCase());
