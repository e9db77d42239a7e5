"use client";

import { Paperclip } from "lucide-react";
import { useRef } from "react";

import { toolStyles } from "#components/thread/tool-styles.ts";
import { FILE_KINDS, kindWords, sizeWords, type FileOffer } from "#server/domain/file-kinds.ts";

type AttachButtonProps = { readonly offer: FileOffer; readonly onFiles: (chosen: readonly File[]) => void };

/** Chooses files for a reply. Where the channel takes none it stays in its place and says why. */
export const AttachButton = ({ offer, onFiles }: AttachButtonProps) => {
  const field = useRef<HTMLInputElement>(null);
  const isTaken = offer.kind === "taken";
  return (
    <>
      <button
        type="button"
        aria-disabled={!isTaken}
        aria-label={isTaken ? "Attach files" : `Attach files: ${offer.why}`}
        data-tip={isTaken ? `${kindWords(offer.rules.kinds)}, up to ${sizeWords(offer.rules.maxBytes)}` : offer.why}
        className={toolStyles}
        onClick={() => (isTaken ? field.current?.click() : onFiles([]))}
      >
        <Paperclip aria-hidden="true" />
        <span className="max-md:sr-only">Attach</span>
      </button>
      {isTaken ? (
        <input
          ref={field}
          type="file"
          multiple
          hidden
          aria-label="Files to attach"
          accept={offer.rules.kinds.flatMap((kind) => FILE_KINDS[kind].extensions.map((extension) => `.${extension}`)).join(",")}
          onChange={({ target }) => {
            onFiles([...(target.files ?? [])]);
            // The same file can be chosen once more after it was taken away.
            target.value = "";
          }}
        />
      ) : null}
    </>
  );
};
