"use client";

import { AlarmClock, CalendarClock, RotateCcw } from "lucide-react";
import { useState } from "react";

import { useClock } from "#components/lib/clock.tsx";
import { formatUntil } from "#components/lib/format.ts";
import { SnoozeDialog } from "#components/thread/snooze-dialog.tsx";
import { useThreadActions } from "#components/thread/use-thread-actions.ts";
import { Menu, MenuGroup, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import type { PopupProps } from "#components/ui/popup-button.tsx";
import type { Id } from "#server/domain/ids.ts";
import { snoozeChoices } from "#server/domain/snooze.ts";

type SnoozeMenuProps = PopupProps & { readonly conversationId: Id<"conversation">; readonly isSnoozed: boolean };

/** Times on the club's clock, each with what it comes to. */
export const SnoozeMenu = ({ conversationId, isSnoozed, ...popup }: SnoozeMenuProps) => {
  const clock = useClock();
  const { reopen, snooze } = useThreadActions(conversationId);
  const [isChoosing, setIsChoosing] = useState(false);
  return (
    <>
      <Menu {...popup} label="Snooze" align="end">
        <MenuGroup label="Comes back">
          {snoozeChoices(clock.now, clock.zone).map(({ label, name, until }) => (
            <MenuItem key={name} icon={<AlarmClock />} onClick={() => snooze.mutate(until)}>
              <span className="flex-1 pr-6 whitespace-nowrap">{label}</span>
              <span className="text-xs whitespace-nowrap text-ink-3 tabular-nums">{formatUntil(until, clock)}</span>
            </MenuItem>
          ))}
        </MenuGroup>
        <MenuItem icon={<CalendarClock />} onClick={() => setIsChoosing(true)}>
          Choose a time
        </MenuItem>
        {isSnoozed ? (
          <>
            <MenuSeparator />
            <MenuItem icon={<RotateCcw />} onClick={() => reopen.mutate(undefined)}>
              Bring it back now
            </MenuItem>
          </>
        ) : null}
      </Menu>
      {isChoosing ? <SnoozeDialog onClose={() => setIsChoosing(false)} onChoose={(until) => snooze.mutate(until)} /> : null}
    </>
  );
};
