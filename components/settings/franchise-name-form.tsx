"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { OneNameForm } from "#components/settings/one-name-form.tsx";
import { notify } from "#components/ui/toast.tsx";

export const FranchiseNameForm = ({ name }: { readonly name: string }) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const changing = useMutation(
    trpc.clubs.changeFranchise.mutationOptions({
      onSuccess: () => notify({ tone: "good", title: "The franchise has its new name" }),
      onSettled: () => queryClient.invalidateQueries(trpc.clubs.pathFilter()),
    }),
  );
  return (
    <OneNameForm
      label="The franchise"
      hint="Above its clubs, and in invitations."
      missing="Give it a name."
      autoComplete="organization"
      name={name}
      changing={changing}
      onSave={(next) => changing.mutate({ clubId, name: next })}
    />
  );
};
