import { idSchema } from "#server/domain/ids.ts";
import { z } from "zod";

/** A name fits one line of a menu. */
const MAX_NAME_LENGTH = 60;
/** What one text message may carry. */
const MAX_TEXT_LENGTH = 1_600;

export const SaveSnippetInput = z.object({
  /** Left out, a new one is made. */
  snippetId: idSchema("snippet").optional(),
  name: z.string().trim().min(1, "give it a name").max(MAX_NAME_LENGTH),
  text: z.string().trim().min(1, "write what it says").max(MAX_TEXT_LENGTH),
});

export const ArchiveSnippetInput = z.object({ snippetId: idSchema("snippet") });

export type SaveSnippetInput = z.input<typeof SaveSnippetInput>;
export type ArchiveSnippetInput = z.input<typeof ArchiveSnippetInput>;
