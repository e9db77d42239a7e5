import type { Encode } from "../domain/sentence-vectors.ts";
import { ENCODED_LANGUAGE, readText } from "./features.ts";
import { openWeights } from "./heads.ts";
import { type Classification, judge } from "./judge.ts";
import stored from "./weights.json" with { type: "json" };

const WEIGHTS = openWeights(stored);

export type UnderstandInput = {
  readonly text: string;
  /** The club's last words before it, `null` where it has not said any: they tell what a short reply means. */
  readonly clubAsked: string | null;
  readonly encode: Encode;
};

/** What a contact wants. The vectors are of English and left out for other languages. */
export const understand = async ({ clubAsked, encode, text }: UnderstandInput): Promise<Classification> => {
  const read = readText(text);
  const [vector = null] = read.language === ENCODED_LANGUAGE ? await encode([text]) : [];
  return judge({ text, clubAsked, vector }, { read, weights: WEIGHTS });
};
