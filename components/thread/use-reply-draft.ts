"use client";

import { useSyncExternalStore } from "react";

/** What is typed but not sent, per conversation and kind; it survives looking at another conversation. */
const drafts = new Map<string, string>();
const listeners = new Set<() => void>();

export const useReplyDraft = (key: string): readonly [string, (text: string) => void] => {
  const text = useSyncExternalStore(
    subscribe,
    () => drafts.get(key) ?? "",
    () => "",
  );
  return [text, (next) => setReplyDraft(key, next)];
};

/** For what puts words into a field it does not own: a reply taken back, or one that goes over another channel. */
export const setReplyDraft = (key: string, text: string): void => {
  drafts.set(key, text);
  for (const listener of listeners) {
    listener();
  }
};

/** Puts words at the end of a reply, apart from what stands there. */
export const addToReply = (conversationId: string, words: string): void => {
  const key = replyKey(conversationId);
  const before = (drafts.get(key) ?? "").trimEnd();
  setReplyDraft(key, before === "" ? words : `${before} ${words}`);
};

/** What is written so far goes along to another conversation, unless something stands there already. */
export const moveReply = (fromId: string, toId: string): void => {
  const words = drafts.get(replyKey(fromId)) ?? "";
  if (words !== "" && (drafts.get(replyKey(toId)) ?? "") === "") {
    setReplyDraft(replyKey(toId), words);
    setReplyDraft(replyKey(fromId), "");
  }
};

/** The key of the reply of one conversation. */
export const replyKey = (conversationId: string): string => `reply ${conversationId}`;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
