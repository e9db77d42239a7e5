import type { Situation } from "#server/services/agent-runs/load-situation.ts";
import type { Classification } from "#server/understanding/judge.ts";

/** Reads a text locally; `clubAsked` is the club's last message, which tells what a short reply means. */
export type ReadLocally = (input: { readonly text: string; readonly clubAsked: string | null }) => Promise<Classification>;

/** "and on sunday?" asks what the last question asked, of another day. */
const FOLLOW_UP = /^\W*(and|what about|how about|ok what about|y|qu[eé] tal)\b|\b(what about|how about)\b/i;
const FOLLOW_UP_MAX_WORDS = 6;

export type ReadContext = {
  readonly classification: Classification;
  /** What is asked, with the question before where the newest text only goes on from it. */
  readonly question: string;
};

/** The unanswered texts of the contact as one turn, read with what was said before. */
export const readContext = async (
  { newestTexts, turns }: Pick<Situation, "newestTexts" | "turns">,
  read: ReadLocally,
): Promise<ReadContext> => {
  const text = newestTexts.join("\n");
  const before = turns.slice(0, Math.max(0, turns.length - newestTexts.length));
  const clubAsked = before.findLast(({ from }) => from !== "contact")?.text ?? null;
  const alone = await read({ text, clubAsked });
  const previous = before.findLast(({ from }) => from === "contact")?.text ?? null;
  const isFollowUp = previous !== null && text.trim().split(/\s+/u).length <= FOLLOW_UP_MAX_WORDS && FOLLOW_UP.test(text);
  if (!isFollowUp) {
    return { classification: alone, question: text };
  }
  const question = `${previous.replaceAll(/[?!.\n]+/gu, " ")} ${text}`;
  const whole = await read({ text: question, clubAsked: null });
  return {
    classification: { ...whole, riskFlags: [...new Set([...whole.riskFlags, ...alone.riskFlags])], evidence: text.trim() },
    question,
  };
};
