"use client";

import { Popover as BasePopover } from "@base-ui/react/popover";
import type { ReactNode } from "react";

import { cn } from "#components/lib/cn.ts";
import type { PopupProps } from "#components/ui/popup-button.tsx";
import { isPressOnAnchor, popupStyles } from "#components/ui/popup-surface.ts";

type PopoverProps = PopupProps & { readonly title: string; readonly children: ReactNode };

export const Popover = ({ isOpen, onOpenChange, anchor, container, title, children }: PopoverProps) => (
  <BasePopover.Root
    open={isOpen}
    onOpenChange={(next, details) => (isPressOnAnchor(details, anchor) ? details.cancel() : onOpenChange(next))}
  >
    <BasePopover.Portal container={container} className="absolute">
      <BasePopover.Positioner anchor={anchor} align="end" sideOffset={6} collisionPadding={8} className="z-40">
        <BasePopover.Popup
          finalFocus={anchor}
          className={cn(popupStyles, "flex max-h-(--available-height) w-100 max-w-[calc(100vw-1rem)] flex-col overflow-hidden")}
        >
          <BasePopover.Title className="border-b border-line px-4 py-3 text-base font-semibold">{title}</BasePopover.Title>
          <div className="overflow-y-auto">{children}</div>
        </BasePopover.Popup>
      </BasePopover.Positioner>
    </BasePopover.Portal>
  </BasePopover.Root>
);
