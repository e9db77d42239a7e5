import type { ConversationRow } from "#server/domain/inbox-view.ts";

/** Up to the sentence that says an AI writes: every first answer begins so, and a list of beginnings tells nothing. */
const DISCLOSURE =
  /^(?:[^.!?]+[.!?]\s+)?[^.!?]*\b(?:I['’]?m|I am|this is|soy)\b[^.!?]*\b(?:AI|IA|artificial|virtual)\b[^.!?]*[.!?]\s+(?=\S)/i;

/** The last words of a conversation as a list shows them; the conversation itself shows every word that was sent. */
export const previewWords = ({
  lastMessageAuthor,
  lastMessagePreview,
}: Pick<ConversationRow, "lastMessageAuthor" | "lastMessagePreview">): string =>
  lastMessageAuthor === "agent" ? lastMessagePreview.replace(DISCLOSURE, "") : lastMessagePreview;
