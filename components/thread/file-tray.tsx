"use client";

import { FileText, X } from "lucide-react";

import { useClub } from "#components/lib/club.tsx";
import { cn } from "#components/lib/cn.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { fileWords } from "#components/thread/file-words.ts";
import { removeReplyFile, type ReplyFile } from "#components/thread/reply-files.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { Id } from "#server/domain/ids.ts";

type FileTrayProps = {
  readonly conversationId: Id<"conversation">;
  readonly files: readonly ReplyFile[];
  /** Why the reply cannot go out with them yet, or null. */
  readonly obstacle: string | null;
};

/** The files of a reply that is being written: each can be taken away until it is sent. */
export const FileTray = ({ conversationId, files, obstacle }: FileTrayProps) => {
  const { id: clubId } = useClub();
  const { conversations } = useTRPCClient();
  const remove = (key: string) => {
    const attachmentId = removeReplyFile(conversationId, key);
    if (attachmentId !== null) {
      // What stays behind where this fails is swept.
      void conversations.removeUpload.mutate({ clubId, attachmentId: attachmentId as Id<"attachment"> }).catch(() => undefined);
    }
  };
  return files.length === 0 ? null : (
    <div className="flex flex-col gap-1">
      <ul aria-label="Files of this reply" className="flex flex-wrap gap-2">
        {files.map((file) => (
          <TrayItem key={file.key} file={file} onRemove={() => remove(file.key)} />
        ))}
      </ul>
      <p role="status" className="text-xs text-ink-2 empty:hidden">
        {obstacle}
      </p>
    </div>
  );
};

const TrayItem = ({ file, onRemove }: { readonly file: ReplyFile; readonly onRemove: () => void }) => {
  const { name, previewUrl, state } = file;
  return (
    <li
      className={cn(
        "flex max-w-full min-w-0 items-center gap-2 rounded-control border bg-raised py-1 pr-1 pl-2 text-xs",
        state.kind === "refused" ? "border-bad-ink" : "border-line",
      )}
    >
      {previewUrl === null ? (
        <FileText aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
      ) : (
        // oxlint-disable-next-line nextjs/no-img-element -- a picture that stands in the browser alone, or is fetched by permission
        <img src={previewUrl} alt="" className="size-8 shrink-0 rounded-xs object-cover" />
      )}
      <span className="flex min-w-0 flex-col">
        <span className="max-w-48 truncate">{name}</span>
        {state.kind === "sending" ? (
          <progress aria-label={`Adding ${name}`} value={state.share} className="h-1.5 w-24" />
        ) : (
          <span className={state.kind === "refused" ? "text-bad-ink" : "text-ink-3"}>
            {state.kind === "refused" ? sentence(state.why) : fileWords(file)}
          </span>
        )}
      </span>
      <IconButton label={`Remove ${name}`} onClick={onRemove}>
        <X aria-hidden="true" />
      </IconButton>
    </li>
  );
};

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
