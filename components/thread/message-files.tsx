"use client";

import { Download, FileText } from "lucide-react";

import { useClub } from "#components/lib/club.tsx";
import { cn } from "#components/lib/cn.ts";
import { filePath, fileWords, isPicture } from "#components/thread/file-words.ts";
import type { MessageFile } from "#server/domain/inbox-view.ts";

type MessageFilesProps = {
  readonly files: readonly MessageFile[];
  /** Whether words stand above them. */
  readonly isBelowWords: boolean;
};

/** What a message carries: pictures are seen, other files saved, and what cannot be had here is named. */
export const MessageFiles = ({ files, isBelowWords }: MessageFilesProps) => (
  <ul aria-label="Files" className={cn("flex flex-wrap gap-2 whitespace-normal", isBelowWords && "mt-2")}>
    {files.map((file) => (
      <li key={file.id} className="max-w-full min-w-0">
        <MessageFileItem file={file} />
      </li>
    ))}
  </ul>
);

const itemStyles = "flex max-w-full min-w-0 items-center gap-2 rounded-control border border-current/25 px-2.5 py-1.5 text-sm";

const MessageFileItem = ({ file }: { readonly file: MessageFile }) => {
  const { slug } = useClub();
  if (!file.canOpen) {
    return (
      <span className={itemStyles}>
        <FileText aria-hidden="true" className="size-4 shrink-0" />
        <Words file={file} note="not here, open it where it was sent" />
      </span>
    );
  }
  return isPicture(file) ? (
    <a href={filePath(slug, file.id)} target="_blank" rel="noopener" className="flex flex-col gap-1 text-xs" data-tip="Open the picture">
      {/* oxlint-disable-next-line nextjs/no-img-element -- fetched by permission each time, which the optimiser knows nothing of */}
      <img
        src={filePath(slug, file.id)}
        alt={file.name}
        loading="lazy"
        className="h-36 w-48 max-w-full rounded-control border border-current/25 bg-sunken object-cover"
      />
      <span className="max-w-48 truncate">{`${file.name} · ${fileWords(file)}`}</span>
    </a>
  ) : (
    <a href={filePath(slug, file.id)} download={file.name} className={`${itemStyles} hover:underline`} data-tip="Save the file">
      <Download aria-hidden="true" className="size-4 shrink-0" />
      <Words file={file} note={null} />
    </a>
  );
};

const Words = ({ file, note }: { readonly file: MessageFile; readonly note: string | null }) => (
  <span className="flex min-w-0 flex-col">
    <span className="truncate">{file.name}</span>
    <span className="text-xs opacity-80">{note === null ? fileWords(file) : `${fileWords(file)}, ${note}`}</span>
  </span>
);
