"use client";

import { useQueryStates } from "nuqs";
import { useId } from "react";

import { useClub } from "#components/lib/club.tsx";
import { MEMBER_LABELS } from "#components/lib/labels.ts";
import { memberParams } from "#components/members/search-params.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { PopupProps } from "#components/ui/popup-button.tsx";
import { MEMBER_STATUSES } from "#server/domain/vocabulary.ts";

/** Minor units in one of the currencies a club can have. */
const MINOR_PER_UNIT = 100;

/** Narrows the group that is shown; every choice is in the address bar at once. */
export const FilterPopover = (popup: PopupProps) => {
  const { currency } = useClub();
  const id = useId();
  const [{ away, owes, segment, status }, setParams] = useQueryStates(memberParams);
  const isForMembers = segment !== "prospects";
  return (
    <Popover {...popup} title="Filter">
      <fieldset disabled={!isForMembers} className="flex flex-col gap-4 p-4">
        {isForMembers ? null : <p className="text-sm text-ink-2">Prospects have no status, visits or balance to filter by.</p>}
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-sm font-semibold">Status, any of</legend>
          <div className="grid grid-cols-2 gap-x-3 gap-y-1">
            {MEMBER_STATUSES.map((value) => (
              <label key={value} htmlFor={`${id}-${value}`} className="flex min-h-7 items-center gap-2 text-sm pointer-coarse:min-h-10">
                <input
                  id={`${id}-${value}`}
                  type="checkbox"
                  className="size-4 accent-solid"
                  checked={status.includes(value)}
                  onChange={() =>
                    void setParams({ status: status.includes(value) ? status.filter((other) => other !== value) : [...status, value] })
                  }
                />
                {MEMBER_LABELS[value].label}
              </label>
            ))}
          </div>
        </fieldset>
        <Field label="Not been in for at least, days" hint="Only people of whom a visit is known.">
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              inputMode="numeric"
              value={away ?? ""}
              onChange={(event) => void setParams({ away: wholeOf(event.target.value) })}
            />
          )}
        </Field>
        <Field label={`Owes at least, ${currency}`}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              inputMode="numeric"
              value={owes === null ? "" : owes / MINOR_PER_UNIT}
              onChange={(event) => void setParams({ owes: minorOf(event.target.value) })}
            />
          )}
        </Field>
        <Button className="self-start" onClick={() => void setParams({ status: null, away: null, owes: null })}>
          Clear the filter
        </Button>
      </fieldset>
    </Popover>
  );
};

const wholeOf = (text: string): number | null => {
  const value = Math.floor(Number(text));
  return Number.isFinite(value) && value >= 1 ? value : null;
};

const minorOf = (text: string): number | null => {
  const value = Math.round(Number(text) * MINOR_PER_UNIT);
  return Number.isFinite(value) && value >= 1 ? value : null;
};
