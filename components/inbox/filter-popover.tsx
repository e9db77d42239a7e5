"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";

import { FILTERS, FILTER_VALUES, type FilterName } from "#components/inbox/filter-words.ts";
import { inboxParams } from "#components/inbox/search-params.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { PopupProps } from "#components/ui/popup-button.tsx";
import { Select } from "#components/ui/select.tsx";

const NONE = { topic: null, channel: null, person: null, tag: null } as const;

/** Narrows the list at once; what is chosen stands in the address bar. */
export const FilterPopover = (popup: PopupProps) => {
  const { id: clubId } = useClub();
  const [params, setParams] = useQueryStates(inboxParams);
  const tags = useQuery(useTRPC().conversations.tags.queryOptions({ clubId }));
  const valuesOf = (name: FilterName): readonly string[] =>
    name === "tag" ? [...new Set([...(tags.data ?? []), ...(params.tag === null ? [] : [params.tag])])] : FILTER_VALUES[name];
  return (
    <Popover {...popup} title="Filters">
      <div className="flex flex-col gap-3 p-4">
        {FILTERS.map(({ label, name, wordOf }) => (
          <Field key={name} label={label}>
            {(control) => (
              <Select
                {...control}
                value={params[name] ?? ""}
                // The parser of the address drops whatever is none of the words.
                onChange={({ target }) => void setParams({ [name]: target.value === "" ? null : target.value })}
              >
                <option value="">Any</option>
                {valuesOf(name).map((value) => (
                  <option key={value} value={value}>
                    {wordOf(value)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ))}
        <Button kind="quiet" className="self-start" onClick={() => void setParams(NONE)}>
          Take all away
        </Button>
      </div>
    </Popover>
  );
};
