import { readSuppressionWord } from "#server/domain/suppression-words.ts";
import type { Example } from "./corpus.ts";

/** Words that an opt-out is made of and that many other messages contain. */
const SOUNDS_LIKE_IT =
  /\b(stop\w*|quit\w*|cancel\w*|unsub\w*|opt|end|remove|delete|take .{1,20} off|no more|leave me|text(s|ing|ed)?|messag\w+|list|number|spam\w*|notifications?|lose|block|cease|done|baja|par[ae]n?|dejen?|lista|mensajes?|quiten\w*|borren?)\b/i;

/** No opt-out, though it uses the words of one. */
export const isLookAlike = ({ category, text }: Pick<Example, "category" | "text">): boolean =>
  category !== "opt_out" && SOUNDS_LIKE_IT.test(text);

export const saysStopByRule = (text: string): boolean => readSuppressionWord(text, false)?.kind === "opt_out";
