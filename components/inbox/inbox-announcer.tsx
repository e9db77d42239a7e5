"use client";

import { useState } from "react";

import type { ConversationRow } from "#server/domain/inbox-view.ts";

/** Says aloud, politely, when somebody wrote: for those who do not see the list move. */
export const InboxAnnouncer = ({ rows }: { readonly rows: readonly ConversationRow[] }) => {
  const newest = newestInbound(rows);
  const [heard, setHeard] = useState(newest);
  const [text, setText] = useState("");
  if (newest !== undefined && (heard === undefined || newest.lastMessageAt > heard.lastMessageAt)) {
    setHeard(newest);
    setText(heard === undefined ? "" : `New message from ${newest.contactName}`);
  }
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {text}
    </p>
  );
};

/** The list has the newest message first. */
const newestInbound = (rows: readonly ConversationRow[]): ConversationRow | undefined =>
  rows.find((row) => row.lastMessageAuthor === "contact");
