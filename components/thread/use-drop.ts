"use client";

import { useState } from "react";
import type { ClipboardEvent, DragEvent } from "react";

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes("Files");

/** Files that are dragged onto a place, or pasted into a field there. */
export const useDrop = (onFiles: (chosen: readonly File[]) => void) => {
  const [isOver, setIsOver] = useState(false);
  return {
    isOver,
    dropProps: {
      onDragOver: (event: DragEvent) => {
        if (hasFiles(event)) {
          // Without it the browser would leave the page for the file.
          event.preventDefault();
          setIsOver(true);
        }
      },
      onDragLeave: () => setIsOver(false),
      onDrop: (event: DragEvent) => {
        if (hasFiles(event)) {
          event.preventDefault();
          setIsOver(false);
          onFiles([...event.dataTransfer.files]);
        }
      },
    },
    /** Tables are copied with a picture of themselves: where there are words, they are what is pasted. */
    onPaste: (event: ClipboardEvent) => {
      const { files, types } = event.clipboardData;
      if (files.length > 0 && !types.includes("text/plain")) {
        event.preventDefault();
        onFiles([...files]);
      }
    },
  };
};
