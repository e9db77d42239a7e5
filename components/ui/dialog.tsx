"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import type { ReactNode } from "react";

import { cn } from "#components/lib/cn.ts";
import { popupStyles } from "#components/ui/popup-surface.ts";

export const backdropStyles = "fixed inset-0 z-40 bg-shade transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0";

type DialogProps = {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly title: string;
  /** What will happen, in one or two sentences. */
  readonly description: ReactNode;
  /** For a table or a list of several columns. */
  readonly isWide?: boolean;
  readonly children: ReactNode;
};

/** Asks before something that matters. On a phone it sits at the bottom, where the thumb is. */
export const Dialog = ({ isOpen, onOpenChange, title, description, isWide = false, children }: DialogProps) => (
  <BaseDialog.Root open={isOpen} onOpenChange={onOpenChange}>
    <BaseDialog.Portal>
      <BaseDialog.Backdrop className={backdropStyles} />
      <BaseDialog.Viewport className="fixed inset-0 z-40 flex items-end justify-center p-3 md:items-center">
        <BaseDialog.Popup
          className={cn(popupStyles, "flex max-h-full max-w-full flex-col gap-4 overflow-y-auto p-5", isWide ? "w-168" : "w-112")}
        >
          <div className="flex flex-col gap-1.5">
            <BaseDialog.Title className="text-lg font-semibold">{title}</BaseDialog.Title>
            <BaseDialog.Description className="text-sm text-ink-2">{description}</BaseDialog.Description>
          </div>
          {children}
        </BaseDialog.Popup>
      </BaseDialog.Viewport>
    </BaseDialog.Portal>
  </BaseDialog.Root>
);
