import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

const ASIDES_DIR = path.join(import.meta.dirname, "..", "knowledge", "asides");
/** Measured with, and never learnt from. */
const HELD_BACK = "held-back";

/** A message with what is told in it beside a question, word for word, and whether that matters for the answer. */
const Aside = z.strictObject({ message: z.string(), told: z.string().min(1), matters: z.boolean() });

export type Aside = z.infer<typeof Aside> & { readonly writer: string };

/** @throws ZodError on a malformed file, Error where what is told does not stand in its message */
export const readAsides = (part: "learnt" | "held-back"): readonly Aside[] =>
  readdirSync(ASIDES_DIR)
    .toSorted()
    .filter((file) => file.startsWith(HELD_BACK) === (part === HELD_BACK))
    .flatMap((file) =>
      z
        .array(Aside)
        .parse(JSON.parse(readFileSync(path.join(ASIDES_DIR, file), "utf8")))
        .map((one) => ({ ...one, writer: path.parse(file).name })),
    )
    .map((one) => {
      if (!one.message.includes(one.told)) {
        throw new Error(`evals/knowledge/asides/${one.writer}.json: “${one.told}” does not stand in its message`);
      }
      return one;
    });
