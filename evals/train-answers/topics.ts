import { globSync, readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

const Topic = z.object({
  topic: z.string().regex(/^[a-z0-9_]+$/),
  means: z.string(),
  questions: z.array(z.string()).min(10),
  statements: z.array(z.string()).min(5),
});

/** One fact that people ask for, in the words of those who ask and of those who tell. */
export type Topic = z.infer<typeof Topic>;

export const readTopics = (): readonly Topic[] => {
  const cwd = path.resolve(import.meta.dirname, "../knowledge/topics");
  const all = globSync("*.json", { cwd })
    .toSorted()
    .flatMap((file) => z.array(Topic).parse(JSON.parse(readFileSync(path.join(cwd, file), "utf8"))));
  const byName = new Map<string, Topic>();
  for (const topic of all) {
    const known = byName.get(topic.topic);
    byName.set(
      topic.topic,
      known === undefined
        ? topic
        : { ...known, questions: [...known.questions, ...topic.questions], statements: [...known.statements, ...topic.statements] },
    );
  }
  return [...byName.values()];
};
