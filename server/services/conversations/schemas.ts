import { idSchema } from "#server/domain/ids.ts";
import { INBOX_VIEWS } from "#server/domain/inbox-view.ts";
import { z } from "zod";

/** Longer than any name or number somebody looks for. */
const MAX_SEARCH_LENGTH = 100;
/** A note is a remark, not a document. */
const MAX_NOTE_LENGTH = 4_000;
const MAX_CURSOR_LENGTH = 200;

export const ConversationInput = z.object({ conversationId: idSchema("conversation") });

export const ListConversationsInput = z.object({
  view: z.enum(INBOX_VIEWS),
  search: z.string().trim().max(MAX_SEARCH_LENGTH).optional(),
  cursor: z.string().max(MAX_CURSOR_LENGTH).nullish(),
});

export const ThreadInput = ConversationInput.extend({
  /** Sequence of the oldest message already shown; left out, the newest page is meant. */
  before: z.int().min(1).optional(),
});

export const AddNoteInput = ConversationInput.extend({ text: z.string().trim().min(1, "a note says something").max(MAX_NOTE_LENGTH) });

export type ConversationInput = z.input<typeof ConversationInput>;
export type ListConversationsInput = z.input<typeof ListConversationsInput>;
export type ThreadInput = z.input<typeof ThreadInput>;
export type AddNoteInput = z.input<typeof AddNoteInput>;
