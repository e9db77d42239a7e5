"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FormProvider, useForm } from "react-hook-form";

import { ClubFields, type ClubForm } from "#components/clubs/club-fields.tsx";
import { FailureLine } from "#components/connections/failure-line.tsx";
import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import type { FranchiseClub } from "#components/settings/franchise-screen.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { notify } from "#components/ui/toast.tsx";
import { ClubFacts } from "#server/domain/club-facts.ts";

/** What one club of the franchise is called, where it is and how it is reached. */
export const ClubDialog = ({ club, onClose }: { readonly club: FranchiseClub; readonly onClose: () => void }) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const form = useForm<ClubForm>({
    defaultValues: {
      name: club.name,
      timeZone: club.timeZone,
      phone: club.phone ?? "",
      emergencyPhone: club.emergencyPhone ?? "",
      managerPhone: club.managerPhone ?? "",
      address: club.address ?? "",
    },
    resolver: zodResolver(ClubFacts, undefined, { raw: true }),
  });
  const changing = useMutation(
    trpc.clubs.change.mutationOptions({
      onSuccess: () => {
        notify({ tone: "good", title: "The club is changed" });
        onClose();
      },
      onSettled: () => queryClient.invalidateQueries(trpc.clubs.pathFilter()),
    }),
  );
  const submit = form.handleSubmit((facts) => changing.mutate({ clubId, changedClubId: club.id, facts }));
  return (
    <Dialog
      isOpen
      isWide
      onOpenChange={onClose}
      title={`Change ${club.name}`}
      description="It counts at once. Its address in the browser stays."
    >
      <FormProvider {...form}>
        <form onSubmit={(event) => void submit(event)} noValidate>
          <fieldset disabled={changing.isPending} className="flex flex-col gap-4">
            <ClubFields />
            {changing.isError ? <FailureLine error={changing.error} /> : null}
            <div className="flex justify-between gap-3">
              <Button size="lg" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" kind="primary" size="lg" isBusy={changing.isPending}>
                Save the club
              </Button>
            </div>
          </fieldset>
        </form>
      </FormProvider>
    </Dialog>
  );
};
