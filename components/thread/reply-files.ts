"use client";

import { useSyncExternalStore } from "react";

import { filePath } from "#components/thread/file-words.ts";
import { upload, type Upload } from "#components/thread/upload.ts";
import { FILE_KINDS, fileObstacle, kindWords, sniffKind, type FileRules } from "#server/domain/file-kinds.ts";
import type { MessageFile } from "#server/domain/inbox-view.ts";

/** One file beside a reply that is being written. */
export type ReplyFile = {
  readonly key: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Where a picture can be seen before it is sent. */
  readonly previewUrl: string | null;
  readonly state:
    | { readonly kind: "sending"; readonly share: number }
    | { readonly kind: "ready"; readonly id: string }
    | { readonly kind: "refused"; readonly why: string };
};

/** A file that is on the server, as a reply carries it. */
export type ReadyFile = Pick<ReplyFile, "name" | "mediaType" | "sizeBytes"> & { readonly id: string };

/** Like the words of a reply they survive looking at another conversation; a file that is on its way goes on meanwhile. */
const files = new Map<string, readonly ReplyFile[]>();
const uploads = new Map<string, Upload>();
const listeners = new Set<() => void>();
const NONE: readonly ReplyFile[] = [];
/** As much as `sniffKind` looks at. */
const LOOK_BYTES = 65_536;

export const useReplyFiles = (conversationId: string): readonly ReplyFile[] =>
  useSyncExternalStore(
    subscribe,
    () => files.get(conversationId) ?? NONE,
    () => NONE,
  );

type Choice = { readonly chosen: readonly File[]; readonly rules: FileRules; readonly slug: string };

/** Adds files and sends them to the server; what cannot go out over this channel says so at once and costs nothing. */
export const addReplyFiles = (conversationId: string, { chosen, rules, slug }: Choice): void => {
  for (const file of chosen) {
    void addOne(conversationId, { file, rules, slug });
  }
};

const addOne = async (conversationId: string, { file, rules, slug }: Omit<Choice, "chosen"> & { readonly file: File }): Promise<void> => {
  const kind = sniffKind(new Uint8Array(await file.slice(0, LOOK_BYTES).arrayBuffer()));
  const key = crypto.randomUUID();
  const mediaType = kind === null ? "" : FILE_KINDS[kind].mediaType;
  const before = (files.get(conversationId) ?? NONE).filter(({ state }) => state.kind !== "refused");
  const why =
    kind === null
      ? `only ${kindWords(rules.kinds)} can be sent here`
      : fileObstacle([...before, { mediaType, sizeBytes: file.size }], rules);
  const shown = kind !== null && FILE_KINDS[kind].isPicture && why === null;
  change(conversationId, (all) => [
    ...all,
    {
      key,
      name: file.name,
      mediaType,
      sizeBytes: file.size,
      previewUrl: shown ? URL.createObjectURL(file) : null,
      state: why === null ? { kind: "sending", share: 0 } : { kind: "refused", why },
    },
  ]);
  if (why !== null) {
    return;
  }
  const sending = upload({ file, slug, onProgress: (share) => setState(conversationId, { key, state: { kind: "sending", share } }) });
  uploads.set(key, sending);
  const result = await sending.result;
  uploads.delete(key);
  if (result.kind === "stored") {
    change(conversationId, (all) =>
      all.map((one) => (one.key === key ? { ...one, name: result.name, state: { kind: "ready", id: result.id } } : one)),
    );
  } else {
    setState(conversationId, { key, state: { kind: "refused", why: result.why } });
  }
};

/** Takes one away and answers the id it has on the server, where it has one. */
export const removeReplyFile = (conversationId: string, key: string): string | null => {
  const file = files.get(conversationId)?.find((one) => one.key === key);
  uploads.get(key)?.cancel();
  uploads.delete(key);
  change(conversationId, (all) => all.filter((one) => one.key !== key));
  release(file === undefined ? [] : [file]);
  return file?.state.kind === "ready" ? file.state.id : null;
};

/** The files of a reply that is sent now; its place is free for the next one. */
export const takeReplyFiles = (conversationId: string): readonly ReadyFile[] => {
  const taken = files.get(conversationId) ?? NONE;
  change(conversationId, () => NONE);
  release(taken);
  return taken.flatMap(({ mediaType, name, sizeBytes, state }) =>
    state.kind === "ready" ? [{ id: state.id, mediaType, name, sizeBytes }] : [],
  );
};

/** A reply that was taken back has its files again. */
export const setReplyFiles = (
  conversationId: string,
  { sent, slug }: { readonly sent: readonly MessageFile[]; readonly slug: string },
): void => {
  change(conversationId, () =>
    sent.map(({ id, mediaType, name, sizeBytes }) => ({
      key: id,
      name,
      mediaType,
      sizeBytes,
      previewUrl: mediaType.startsWith("image/") ? filePath(slug, id) : null,
      state: { kind: "ready", id },
    })),
  );
};

/** They go along to another conversation with the same person, unless some stand there already. */
export const moveReplyFiles = (fromId: string, toId: string): void => {
  const moved = files.get(fromId) ?? NONE;
  if (moved.length > 0 && (files.get(toId) ?? NONE).length === 0 && moved.every(({ state }) => state.kind !== "sending")) {
    change(toId, () => moved);
    change(fromId, () => NONE);
  }
};

const release = (gone: readonly ReplyFile[]): void => {
  for (const { previewUrl } of gone) {
    if (previewUrl?.startsWith("blob:") === true) {
      URL.revokeObjectURL(previewUrl);
    }
  }
};

const setState = (conversationId: string, { key, state }: Pick<ReplyFile, "key" | "state">): void =>
  change(conversationId, (all) => all.map((one) => (one.key === key ? { ...one, state } : one)));

const change = (conversationId: string, next: (all: readonly ReplyFile[]) => readonly ReplyFile[]): void => {
  files.set(conversationId, next(files.get(conversationId) ?? NONE));
  for (const listener of listeners) {
    listener();
  }
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
