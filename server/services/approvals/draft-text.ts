import { z } from "zod";

const Draft = z.object({ text: z.string() });

/** The words an effect will send, or null where it sends none. */
export const draftTextOf = (effectArguments: unknown): string | null => Draft.safeParse(effectArguments).data?.text ?? null;
