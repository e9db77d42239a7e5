"use client";

import { useState } from "react";

/** What is typed but not sent, per conversation and kind; it survives looking at another conversation. */
const drafts = new Map<string, string>();

export const useReplyDraft = (key: string): readonly [string, (text: string) => void] => {
  const [text, setText] = useState(() => drafts.get(key) ?? "");
  const change = (next: string) => {
    drafts.set(key, next);
    setText(next);
  };
  return [text, change];
};
