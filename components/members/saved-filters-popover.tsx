"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark, Trash2 } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useState, type FormEvent } from "react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { clubPath, routeOf } from "#components/lib/paths.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { filterOf, memberAddress, memberParams, paramsOf } from "#components/members/search-params.ts";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { PopupProps } from "#components/ui/popup-button.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { notify } from "#components/ui/toast.tsx";
import type { Id } from "#server/domain/ids.ts";

const NAME_MAX_LENGTH = 60;

/** Choices of people with a name: one's own and the club's. The one on the screen can be added. */
export const SavedFiltersPopover = (popup: PopupProps) => {
  const { id: clubId, slug } = useClub();
  const filters = useQuery(useTRPC().members.filters.queryOptions({ clubId }));
  const { archive } = useFilterChanges();
  const mayShare = useMay("filter.share");
  return (
    <Popover {...popup} title="Saved filters">
      {filters.isPending ? <SkeletonRows count={2} label="Loading filters" /> : null}
      {filters.isError && filters.data === undefined ? <ErrorState error={filters.error} onRetry={() => void filters.refetch()} /> : null}
      {filters.data?.length === 0 ? (
        <p className="px-4 pt-3 text-sm text-ink-2">None yet. Choose people on the page, then give the choice a name here.</p>
      ) : null}
      <ul aria-label="Saved filters" className="p-2">
        {filters.data?.map(({ filter: { columns, ...filter }, id, isShared, name }) => (
          <li key={id} className="flex items-center gap-1">
            <Link
              href={routeOf(memberAddress(clubPath(slug, "members"), { ...paramsOf(filter), columns: [...columns] }))}
              onClick={() => popup.onOpenChange(false)}
              className="flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded-control px-2 text-sm hover:bg-sunken pointer-coarse:min-h-11"
            >
              <Bookmark aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
              <span className="truncate">{name}</span>
              {isShared ? <Chip className="ml-auto">Shared</Chip> : null}
            </Link>
            {isShared && !mayShare ? null : (
              <IconButton label={`Remove ${name}`} disabled={archive.isPending} onClick={() => archive.mutate(id)}>
                <Trash2 />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      <SaveForm />
    </Popover>
  );
};

const SaveForm = () => {
  const [name, setName] = useState("");
  const [isShared, setIsShared] = useState(false);
  const mayShare = useMay("filter.share");
  const { save } = useFilterChanges();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ name: name.trim(), isShared }, { onSuccess: () => setName("") });
  };
  return (
    <form onSubmit={submit} className="border-t border-line p-4">
      <fieldset disabled={save.isPending} className="flex flex-col gap-2">
        <Field label="Save what is on the page as">
          {(control) => (
            <Input
              {...control}
              value={name}
              maxLength={NAME_MAX_LENGTH}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        {mayShare ? (
          <label className="flex min-h-7 items-center gap-2 text-sm pointer-coarse:min-h-10">
            <input type="checkbox" className="size-4 accent-solid" checked={isShared} onChange={() => setIsShared(!isShared)} />
            Share it with the club
          </label>
        ) : null}
        <Button type="submit" kind="primary" className="self-start" isBusy={save.isPending} disabled={name.trim() === ""}>
          Save filter
        </Button>
      </fieldset>
    </form>
  );
};

type Kept = { readonly name: string; readonly isShared: boolean };

const useFilterChanges = () => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [params] = useQueryStates(memberParams);
  const after = {
    onSettled: () => queryClient.invalidateQueries(trpc.members.filters.pathFilter()),
    onError: (error: Error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  };
  return {
    save: useMutation({
      mutationFn: ({ isShared, name }: Kept) =>
        client.members.saveFilter.mutate({ clubId, name, isShared, filter: { ...filterOf(params), columns: params.columns } }),
      ...after,
      onSuccess: (_result, { name }) => notify({ tone: "good", title: `“${name}” is saved` }),
    }),
    archive: useMutation({
      mutationFn: (filterId: Id<"savedFilter">) => client.members.archiveFilter.mutate({ clubId, filterId }),
      ...after,
    }),
  };
};
