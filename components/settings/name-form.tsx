"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";

import { useTRPC } from "#components/lib/trpc.tsx";
import { OneNameForm } from "#components/settings/one-name-form.tsx";
import { notify } from "#components/ui/toast.tsx";

export const NameForm = ({ name, email }: { readonly name: string; readonly email: string }) => {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const changing = useMutation(
    trpc.account.changeName.mutationOptions({
      onSuccess: async () => {
        notify({ tone: "good", title: "Your name is changed" });
        await queryClient.invalidateQueries(trpc.account.pathFilter());
        // The frame of the page shows the name as well.
        router.refresh();
      },
    }),
  );
  return (
    <OneNameForm
      label="Your name"
      hint={`Your team sees it beside what you write. You sign in as ${email}.`}
      missing="Tell your team your name."
      autoComplete="name"
      name={name}
      changing={changing}
      onSave={(next) => changing.mutate({ name: next })}
    />
  );
};
