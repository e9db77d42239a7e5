import { globSync, readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

import type { Article } from "#server/understanding/answer-from.ts";
import { withAsked } from "./asked.ts";

const Club = z.object({
  club: z.string(),
  articles: z.array(z.object({ id: z.string(), title: z.string(), body: z.string() })).min(1),
  answerable: z.array(z.object({ question: z.string(), articleIds: z.array(z.string()).min(1), mustContain: z.array(z.string()).min(1) })),
  unanswerable: z.array(z.string()),
});

/** A club with what it knows, and questions with and without an answer in it. */
export type Club = Omit<z.infer<typeof Club>, "articles"> & { readonly file: string; readonly articles: readonly Article[] };

export type Part = "tuning" | "held-back";

export const readClubs = (part: Part): readonly Club[] => {
  const cwd = path.join(import.meta.dirname, part);
  return globSync("*.json", { cwd })
    .toSorted()
    .map((file) => {
      const name = file.replace(/\.json$/, "");
      const { articles, ...club } = Club.parse(JSON.parse(readFileSync(path.join(cwd, file), "utf8")));
      return { ...club, articles: withAsked(articles, name), file: name };
    });
};
