import { globSync, readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

import { Category, RiskFlag } from "#server/domain/intent.ts";

const CORPUS_DIR = path.resolve(import.meta.dirname, "../corpus");

const Group = z.strictObject({
  category: Category,
  subIntent: z.string().regex(/^[a-z_]+$/),
  riskFlags: z.array(RiskFlag),
  language: z.string().regex(/^[a-z]{2}$/),
  clubAsked: z.string().optional(),
  messages: z.array(z.string().min(1)).min(1),
});

/** One labelled message. `source` is the file without its folder, such as `a-question`. */
export type Example = {
  readonly text: string;
  readonly clubAsked: string | null;
  readonly category: Category;
  readonly subIntent: string;
  readonly riskFlags: readonly RiskFlag[];
  readonly language: string;
  readonly source: string;
};

/** The messages of one part of the corpus, in the order of files and lines. */
export const readCorpus = (part: "train" | "held-back"): readonly Example[] =>
  globSync("*.json", { cwd: path.join(CORPUS_DIR, part) })
    .toSorted()
    .flatMap((file) => {
      const groups = z.array(Group).parse(JSON.parse(readFileSync(path.join(CORPUS_DIR, part, file), "utf8")));
      return groups.flatMap(({ messages, clubAsked, ...labels }) =>
        messages.map((text) => ({ text, clubAsked: clubAsked ?? null, ...labels, source: file.replace(/\.json$/, "") })),
      );
    });

/** Letters and figures alone: the form in which two messages count as the same. */
export const plain = (text: string): string =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[^\p{L}\p{N}\p{Extended_Pictographic}]+/gu, " ")
    .trim();
