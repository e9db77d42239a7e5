import { createParser, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";

import type { Id } from "#server/domain/ids.ts";
import { INBOX_VIEWS } from "#server/domain/inbox-view.ts";

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
  conversation: parseAsConversationId,
  /** Unset: open where the screen has room for it, closed where not. */
  panel: parseAsStringLiteral(["open", "closed"]),
};

export const inboxAddress = createSerializer(inboxParams);
