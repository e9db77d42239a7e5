"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import type { Seen } from "#components/rehearsals/rehearsal-types.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { notify } from "#components/ui/toast.tsx";
import type { RehearsalContact, RehearsalTurn } from "#server/domain/rehearsal.ts";

type KeepTestProps = { readonly who: RehearsalContact; readonly turns: readonly RehearsalTurn[]; readonly seen: Seen };

/** Keeps the conversation so far as a test: the same outcome is expected, and the words written here. */
export const KeepTest = ({ seen, turns, who }: KeepTestProps) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [mustSay, setMustSay] = useState("");
  const lastAsked = turns.findLastIndex(({ from }) => from === "contact");
  const keep = useMutation({
    mutationFn: () =>
      client.rehearsals.keepTest.mutate({
        clubId,
        name: name.trim(),
        contact: who,
        turns: turns.slice(0, lastAsked + 1),
        expectation: { outcomes: [seen.outcome], category: null, mustSay: mustSay.trim() === "" ? [] : [mustSay.trim()], mustNotSay: [] },
      }),
    onSuccess: async () => {
      setName("");
      setMustSay("");
      notify({ tone: "good", title: "Kept as a test." });
      await queryClient.invalidateQueries(trpc.rehearsals.tests.pathFilter());
    },
    onError: (error) => notify({ tone: "bad", title: describeFailure(error).title }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== "") {
      keep.mutate();
    }
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 rounded-card border border-line p-3">
      <h3 className="text-sm font-semibold">Keep as a test</h3>
      <Field label="Name">
        {(control) => <Input {...control} value={name} maxLength={120} onChange={({ target }) => setName(target.value)} />}
      </Field>
      <Field label="The answer must say" hint="Words that must stand in it, such as a price. May be empty.">
        {(control) => <Input {...control} value={mustSay} maxLength={120} onChange={({ target }) => setMustSay(target.value)} />}
      </Field>
      <Button type="submit" isBusy={keep.isPending} disabled={name.trim() === ""}>
        Keep it
      </Button>
    </form>
  );
};
