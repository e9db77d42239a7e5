"use client";

import { Bell } from "lucide-react";
import { lazy } from "react";

import { Count } from "#components/ui/chip.tsx";
import { PopupButton } from "#components/ui/popup-button.tsx";

const AlertsPopover = lazy(async () => ({ default: (await import("#components/shell/alerts-popover.tsx")).AlertsPopover }));

type AlertsButtonProps = { readonly unreadCount: number; /** Open in the club, whoever they concern. */ readonly alertCount: number };

/** The bell: the count is mine, the dot beside it says that something is open in the club. */
export const AlertsButton = ({ alertCount, unreadCount }: AlertsButtonProps) => (
  <PopupButton
    popup={AlertsPopover}
    opens="dialog"
    aria-label={`Notifications, ${unreadCount === 0 ? "none" : unreadCount} unread, ${alertCount === 0 ? "no" : alertCount} open in the club`}
    data-tip="Notifications"
    className="relative flex size-8 items-center justify-center rounded-control text-ink-2 transition-colors hover:bg-sunken hover:text-ink aria-expanded:bg-sunken pointer-coarse:size-10"
  >
    <Bell aria-hidden="true" className="size-4.5" />
    <span aria-hidden="true" className="absolute -top-0.5 left-1/2 ml-0.5">
      <Count value={unreadCount} isCall label="" />
    </span>
    {unreadCount === 0 && alertCount > 0 ? (
      <span aria-hidden="true" className="absolute top-1 left-1/2 ml-1 size-2 rounded-full bg-warn-solid ring-2 ring-canvas" />
    ) : null}
  </PopupButton>
);
