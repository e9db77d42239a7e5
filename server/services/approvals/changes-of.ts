import { z } from "zod";

const Changes = z.array(z.string());

/** What a question says is different since it was asked before; empty for one that is asked for the first time. */
export const changesOf = (stored: unknown): readonly string[] => Changes.safeParse(stored).data ?? [];
