import { articleIn } from "./questions.ts";
import { type PromptParts, textOf } from "./request.ts";
import { phraseIn } from "./translation.ts";

const TASK = /<task>translate the sentences of an article into ([A-Za-z ]+)<\/task>/;

/** Told to the person, because the demo brain translates a few sentences and no others. */
const FEW = "The demo brain knows a few sentences only: write the others yourself.";

type Translation = { readonly sentences: readonly { readonly number: number; readonly text: string }[]; readonly remark: string };

/** Those sentences of an article that stand in the demo brain's small table. Null for any other request. */
export const articleTranslationOf = (request: PromptParts): Translation | null => {
  const text = textOf(request.messages.findLast((message) => message.role === "user")?.content);
  const language = TASK.exec(text)?.[1];
  if (language === undefined) {
    return null;
  }
  const all = articleIn(text)?.sentences ?? [];
  const sentences = all.flatMap(({ number, text: sentence }) => {
    const found = phraseIn(sentence, language);
    return found === null ? [] : [{ number, text: `${found}${/[.!?]$/.test(found) ? "" : "."}` }];
  });
  return { sentences, remark: sentences.length < all.length || all.length === 0 ? FEW : "" };
};
