"use client";

import { useState } from "react";

import { useClock } from "#components/lib/clock.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { formatInTimeZone } from "#server/domain/local-time.ts";
import { instantInZone, MAX_SNOOZE_DAYS } from "#server/domain/snooze.ts";

const DAY_MS = 86_400_000;
const FIELD_FORMAT = "yyyy-MM-dd'T'HH:mm";

type SnoozeDialogProps = { readonly onClose: () => void; readonly onChoose: (until: Date) => void };

/** Any time on the club's clock. */
export const SnoozeDialog = ({ onClose, onChoose }: SnoozeDialogProps) => {
  const { now, zone } = useClock();
  const [text, setText] = useState("");
  const until = instantInZone(text, zone);
  const fault = faultOf({ text, until, now });
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title="Snooze until"
      description="On the club's clock. It comes back sooner if the member writes."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (until !== null && fault === null) {
            onChoose(until);
            onClose();
          }
        }}
      >
        <Field label="Date and time" error={fault ?? undefined}>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              required
              value={text}
              min={formatInTimeZone(now, zone, FIELD_FORMAT)}
              max={formatInTimeZone(new Date(now.getTime() + MAX_SNOOZE_DAYS * DAY_MS), zone, FIELD_FORMAT)}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" kind="primary" disabled={until === null || fault !== null}>
            Snooze
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

const faultOf = ({ now, text, until }: { readonly now: Date; readonly text: string; readonly until: Date | null }): string | null => {
  if (text === "" || until === null) {
    return null;
  }
  if (until <= now) {
    return "This time has passed.";
  }
  return until.getTime() > now.getTime() + MAX_SNOOZE_DAYS * DAY_MS ? `Choose a time within ${MAX_SNOOZE_DAYS} days.` : null;
};
