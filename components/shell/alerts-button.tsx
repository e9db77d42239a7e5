"use client";

import { Bell } from "lucide-react";
import { lazy } from "react";

import { Count } from "#components/ui/chip.tsx";
import { PopupButton } from "#components/ui/popup-button.tsx";

const AlertsPopover = lazy(async () => ({ default: (await import("#components/shell/alerts-popover.tsx")).AlertsPopover }));

export const AlertsButton = ({ count }: { readonly count: number }) => (
  <PopupButton
    popup={AlertsPopover}
    opens="dialog"
    aria-label={count === 0 ? "Alerts, none open" : `Alerts, ${count} open`}
    data-tip="Alerts"
    className="relative flex size-8 items-center justify-center rounded-control text-ink-2 transition-colors hover:bg-sunken hover:text-ink aria-expanded:bg-sunken pointer-coarse:size-10"
  >
    <Bell aria-hidden="true" className="size-4.5" />
    <span aria-hidden="true" className="absolute -top-0.5 left-1/2 ml-0.5">
      <Count value={count} isCall label="" />
    </span>
  </PopupButton>
);
