"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Section } from "#components/panel/section.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { notify } from "#components/ui/toast.tsx";
import type { Id } from "#server/domain/ids.ts";

/** Staff know the voice behind an unknown number: one tap, and Spotter may answer them about their account. */
export const WhoIsThis = ({ conversationId }: { readonly conversationId: Id<"conversation"> }) => {
  const { id: clubId } = useClub();
  const mayVouch = useMay("conversation.reply");
  const [search, setSearch] = useState("");
  const trpc = useTRPC();
  const trpcClient = useTRPCClient();
  const queryClient = useQueryClient();
  const likely = useQuery(trpc.conversations.likelyMembers.queryOptions({ clubId, conversationId, search }));
  const vouch = useMutation({
    mutationFn: (memberId: Id<"member">) => trpcClient.conversations.vouch.mutate({ clubId, conversationId, memberId }),
    onSettled: () => queryClient.invalidateQueries(trpc.conversations.panel.pathFilter()),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  });
  return mayVouch ? (
    <Section title="Who is this?">
      <p className="mb-2 text-xs text-ink-2">
        Account facts are only told to somebody who has proven who they are. If you know them, say so here.
      </p>
      <Input
        aria-label="First and last name"
        placeholder="First and last name"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <ul className="mt-2 flex flex-col gap-1.5">
        {(likely.data ?? []).map(({ id, membershipType, name }) => (
          <li key={id}>
            <Button size="sm" isBusy={vouch.isPending && vouch.variables === id} onClick={() => vouch.mutate(id)}>
              This is {name}
              {membershipType === null ? "" : ` (${membershipType})`}
            </Button>
          </li>
        ))}
      </ul>
      {search.trim().length >= 3 && likely.data?.length === 0 ? (
        <p className="mt-2 text-xs text-ink-3">Nobody of this name is a member.</p>
      ) : null}
    </Section>
  ) : null;
};
