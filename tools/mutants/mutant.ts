import { z } from "zod";

/** One handling of a fault taken away: the tests of its connector must notice. */
export const Mutant = z.object({
  file: z.string(),
  /** Source text that occurs exactly once in the file. */
  find: z.string().min(1),
  replace: z.string(),
  /** What is taken away, and which fault shows it; for people. */
  removes: z.string(),
  fault: z.string(),
});

export type Mutant = z.infer<typeof Mutant>;

/** The source with the handling taken away. @throws when the place is not there, or more than once: the list is then out of date */
export const mutate = (source: string, { file, find, replace }: Mutant): string => {
  const parts = source.split(find);
  if (parts.length !== 2) {
    throw new Error(`${file} holds ${parts.length - 1} times what the mutant looks for: ${find.slice(0, 80)}`);
  }
  return parts.join(replace);
};
