import { createParser, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";

import type { Id } from "#server/domain/ids.ts";
import { INBOX_VIEWS, PERSON_STATES, type InboxView, type ListScope, type PersonState } from "#server/domain/inbox-view.ts";
import type { Category } from "#server/domain/intent.ts";
import { CATEGORIES } from "#server/domain/categories.ts";
import { CHANNEL_KINDS, type ChannelKind } from "#server/domain/vocabulary.ts";

const parseAsConversationId = createParser({
  parse: (text) => (isConversationId(text) ? text : null),
  serialize: String,
});

/** Only the kind is looked at: whether such a conversation exists is for the server to say. */
const isConversationId = (text: string): text is Id<"conversation"> => text.startsWith("conv_");

/** What the inbox shows lives in the address bar: it survives a reload and can be shared. */
export const inboxParams = {
  view: parseAsStringLiteral(INBOX_VIEWS).withDefault("needs_you"),
  search: parseAsString.withDefault(""),
  tag: parseAsString,
  topic: parseAsStringLiteral(CATEGORIES),
  channel: parseAsStringLiteral(CHANNEL_KINDS),
  person: parseAsStringLiteral(PERSON_STATES),
  conversation: parseAsConversationId,
  /** Unset: open where the screen has room for it, closed where not. */
  panel: parseAsStringLiteral(["open", "closed"]),
};

export const inboxAddress = createSerializer(inboxParams);

type ListParams = {
  readonly view: InboxView;
  readonly search: string;
  readonly tag: string | null;
  readonly topic: Category | null;
  readonly channel: ChannelKind | null;
  readonly person: PersonState | null;
};

export type ListQuery = {
  readonly view: ListScope;
  readonly search?: string;
  readonly tag?: string;
  readonly category?: Category;
  readonly channel?: ChannelKind;
  readonly person?: PersonState;
};

/** What the list asks the server for. Whoever searches looks through all that was ever said, not through one view. */
export const listQueryOf = ({ channel, person, search, tag, topic, view }: ListParams): ListQuery => ({
  view: search.trim() === "" ? view : "history",
  ...(search.trim() === "" ? {} : { search: search.trim() }),
  ...(tag === null || tag === "" ? {} : { tag }),
  ...(topic === null ? {} : { category: topic }),
  ...(channel === null ? {} : { channel }),
  ...(person === null ? {} : { person }),
});
