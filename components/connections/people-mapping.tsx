"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useForm } from "react-hook-form";

import type { ConnectionDetail } from "#components/connections/connection-types.ts";
import { FailureLine } from "#components/connections/failure-line.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { ROLE_LABELS } from "#components/lib/labels.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Panel } from "#components/ui/page.tsx";
import { Select } from "#components/ui/select.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** Who of the vendor's people is who of the team: only somebody who is known here decides anything there. */
export const PeopleMapping = ({ connection }: { readonly connection: ConnectionDetail }) => {
  const { id: clubId } = useClub();
  const mayLink = useMay("connection.manage");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const links = useQuery(trpc.externalUsers.list.queryOptions({ clubId, connectionId: connection.id }));
  const unlink = useMutation(
    trpc.externalUsers.unlink.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.externalUsers.pathFilter()) }),
  );
  return (
    <div>
      <h2 className="mb-2 text-base font-semibold">Who may decide there</h2>
      <Panel label="Who may decide there">
        {links.isPending ? <SkeletonRows count={2} label="Loading people" /> : null}
        {links.isError && links.data === undefined ? <ErrorState error={links.error} onRetry={() => void links.refetch()} /> : null}
        {links.data?.length === 0 ? (
          <p className="px-4 py-3 text-sm text-ink-2">
            Nobody yet. Buttons in {connection.providerName} decide nothing until somebody is linked.
          </p>
        ) : null}
        <ul className="divide-y divide-line">
          {links.data?.map(({ id, externalId, staff }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
              <span className="basis-40 font-semibold">{staff?.name ?? "Has left the club"}</span>
              <span className="flex-1 text-ink-2">
                {staff === null ? "" : `${ROLE_LABELS[staff.role]}, `}
                {externalId}
              </span>
              {mayLink ? (
                <Button
                  kind="quiet"
                  size="sm"
                  isBusy={unlink.isPending}
                  aria-label={`Unlink ${staff?.name ?? externalId}`}
                  onClick={() => unlink.mutate({ clubId, externalUserId: id })}
                >
                  Unlink
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
        {mayLink ? <LinkForm connection={connection} /> : null}
      </Panel>
    </div>
  );
};

const LinkForm = ({ connection }: { readonly connection: ConnectionDetail }) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const team = useQuery(trpc.team.get.queryOptions({ clubId }));
  const form = useForm({ defaultValues: { externalId: "", userId: "" } });
  const link = useMutation(
    trpc.externalUsers.link.mutationOptions({
      onSuccess: () => form.reset(),
      onSettled: () => queryClient.invalidateQueries(trpc.externalUsers.pathFilter()),
    }),
  );
  const people = team.data?.people ?? [];
  const submit = form.handleSubmit(({ externalId, userId }) => {
    const person = people.find((candidate) => candidate.userId === userId);
    if (person !== undefined) {
      link.mutate({ clubId, connectionId: connection.id, externalId: externalId.trim(), userId: person.userId });
    }
  });
  const { errors } = form.formState;
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="border-t border-line p-4">
      <fieldset disabled={link.isPending} className="flex max-w-160 flex-col gap-4">
        <Field
          label={`Member id in ${connection.providerName}`}
          hint="Their profile → ⋮ → Copy member ID; it begins with U."
          error={errors.externalId?.message}
        >
          {(control) => (
            <Input
              {...control}
              {...form.register("externalId", { validate: (text) => text.trim() !== "" || "Paste the member id." })}
              autoComplete="off"
              className="h-10"
            />
          )}
        </Field>
        <Field label="Is" error={errors.userId?.message}>
          {(control) => (
            <Select {...control} {...form.register("userId", { validate: (id) => id !== "" || "Choose who it is." })} className="h-10">
              <option value="">Choose</option>
              {people.map(({ accessId, userId, name, role }) => (
                <option key={accessId} value={userId}>
                  {name}, {ROLE_LABELS[role].toLowerCase()}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {link.isError ? <FailureLine error={link.error} /> : null}
        <div>
          <Button type="submit" isBusy={link.isPending}>
            Link
          </Button>
        </div>
      </fieldset>
    </form>
  );
};
