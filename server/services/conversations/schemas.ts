import { idSchema } from "#server/domain/ids.ts";
import { LIST_SCOPES, PERSON_STATES } from "#server/domain/inbox-view.ts";
import { Category } from "#server/domain/intent.ts";
import { ChannelKind } from "#server/domain/vocabulary-schemas.ts";
import { z } from "zod";

/** Longer than any name or number somebody looks for. */
const MAX_SEARCH_LENGTH = 100;
const MAX_TAG_LENGTH = 60;
/** A note is a remark, not a document. */
const MAX_NOTE_LENGTH = 4_000;
const MAX_CURSOR_LENGTH = 200;

export const ConversationInput = z.object({ conversationId: idSchema("conversation") });

export const ListConversationsInput = z.object({
  view: z.enum(LIST_SCOPES),
  search: z.string().trim().max(MAX_SEARCH_LENGTH).optional(),
  /** Each narrows the list; left out, it does not. */
  tag: z.string().trim().min(1).max(MAX_TAG_LENGTH).optional(),
  category: Category.optional(),
  channel: ChannelKind.optional(),
  person: z.enum(PERSON_STATES).optional(),
  cursor: z.string().max(MAX_CURSOR_LENGTH).nullish(),
});

export const ThreadInput = ConversationInput.extend({
  /** Sequence of the oldest message already shown; left out, the newest page is meant. */
  before: z.int().min(1).optional(),
});

export const SnoozeInput = ConversationInput.extend({
  /** When it comes back by itself; later than now, and within `MAX_SNOOZE_DAYS`. */
  until: z.date(),
});

export const AssignInput = ConversationInput.extend({ userId: idSchema("user") });

export const AddNoteInput = ConversationInput.extend({ text: z.string().trim().min(1, "a note says something").max(MAX_NOTE_LENGTH) });

export type ConversationInput = z.input<typeof ConversationInput>;
export type ListConversationsInput = z.input<typeof ListConversationsInput>;
export type ThreadInput = z.input<typeof ThreadInput>;
export type SnoozeInput = z.input<typeof SnoozeInput>;
export type AssignInput = z.input<typeof AssignInput>;
export type AddNoteInput = z.input<typeof AddNoteInput>;
