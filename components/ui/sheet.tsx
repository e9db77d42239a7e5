"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "#components/lib/cn.ts";
import { backdropStyles } from "#components/ui/dialog.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";

type SheetProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly title: string;
  /** For a whole record instead of a list to look something up in. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
};

/** A side of the screen for something to look up, without leaving the page. */
export const Sheet = ({ isOpen, onOpenChange, title, isWide = false, children }: SheetProps) => (
  <BaseDialog.Root open={isOpen} onOpenChange={onOpenChange}>
    <BaseDialog.Portal>
      <BaseDialog.Backdrop className={backdropStyles} />
      <BaseDialog.Viewport className="fixed inset-0 z-40 flex justify-end overflow-hidden">
        <BaseDialog.Popup
          className={cn(
            "flex h-full max-w-full flex-col border-l border-line bg-raised shadow-float transition-[translate,opacity] outline-none data-ending-style:translate-x-6 data-ending-style:opacity-0 data-starting-style:translate-x-6 data-starting-style:opacity-0",
            isWide ? "w-128" : "w-84",
          )}
        >
          <header className="flex items-center justify-between border-b border-line py-2 pr-2 pl-4">
            <BaseDialog.Title className="text-base font-semibold">{title}</BaseDialog.Title>
            <BaseDialog.Close
              render={
                <IconButton label="Close">
                  <X />
                </IconButton>
              }
            />
          </header>
          {/* What holds nothing to press is scrolled by keyboard all the same. */}
          <div tabIndex={0} role="group" aria-label={title} className="flex-1 overflow-y-auto p-4 focus-visible:-outline-offset-2">
            {children}
          </div>
        </BaseDialog.Popup>
      </BaseDialog.Viewport>
    </BaseDialog.Portal>
  </BaseDialog.Root>
);
