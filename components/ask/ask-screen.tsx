"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MessageCircleQuestion } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent } from "react";

import { AskCall } from "#components/ask/ask-call.tsx";
import { endWords } from "#components/ask/ask-words.ts";
import { useClub, useMay } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { refresh } from "#components/lib/news-queries.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Input } from "#components/ui/input.tsx";
import { Page } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { AskTurnView } from "#server/domain/ask-view.ts";
import { visible } from "#server/domain/visible.ts";

const QUESTION_MAX_CHARACTERS = 1_000;

const EXAMPLES = ["Who owes more than 100 and hasn't been in for a month?", "How many new members joined within 2 weeks?"] as const;

/** Questions about the club, and work that is prepared for a yes. Only the person who asks sees their thread. */
export const AskScreen = () =>
  useMay("ask.use") ? (
    <Thread />
  ) : (
    <Page title="Ask Spotter" about="Questions about the club, answered from its own records.">
      <EmptyState icon={<MessageCircleQuestion />} title="For managers and owners">
        Your role here does not ask Spotter about the whole club.
      </EmptyState>
    </Page>
  );

const Thread = () => {
  const { id: clubId } = useClub();
  const thread = useQuery(useTRPC().ask.thread.queryOptions({ clubId }));
  const turns = thread.data ?? [];
  const newest = turns.at(-1);
  const isAnswering = newest?.status === "queued" || newest?.status === "running";
  return (
    <Page title="Ask Spotter" about="Lookups run at once and are shown. Whatever would change something is prepared, and waits for a yes.">
      {thread.isPending ? <SkeletonRows count={3} label="Loading your questions" /> : null}
      {thread.isError && thread.data === undefined ? <ErrorState error={thread.error} onRetry={() => void thread.refetch()} /> : null}
      {thread.data?.length === 0 ? (
        <EmptyState icon={<MessageCircleQuestion />} title="Nothing asked yet">
          Ask in plain words, such as “{EXAMPLES[0]}” or “{EXAMPLES[1]}”.
        </EmptyState>
      ) : null}
      <div role="log" aria-label="Your questions" className="flex max-w-200 flex-col gap-6">
        {turns.map((turn) => (
          <Turn key={turn.id} turn={turn} />
        ))}
      </div>
      <AskForm isAnswering={isAnswering} turnCount={turns.length} />
    </Page>
  );
};

const Turn = ({ turn }: { readonly turn: AskTurnView }) => {
  const words = endWords(turn.endCode, turn.heldSpans);
  return (
    <article aria-label={visible(turn.question)} className="flex flex-col gap-3">
      <p className="max-w-[85%] self-end rounded-card bg-sunken px-3 py-2 text-sm break-words whitespace-pre-line">
        {visible(turn.question)}
      </p>
      {turn.answer === null ? null : (
        <p className="max-w-[72ch] rounded-card bg-spotter-tint px-3 py-2 text-sm break-words whitespace-pre-line">
          <span className="sr-only">Spotter: </span>
          {visible(turn.answer)}
        </p>
      )}
      {words === null ? null : <p className="max-w-[72ch] text-sm text-warn-ink">{visible(words)}</p>}
      {turn.status === "queued" || turn.status === "running" ? <p className="text-xs text-ink-3">Spotter is looking…</p> : null}
      {turn.calls.length === 0 ? null : (
        <ul aria-label="What it did" className="divide-y divide-line rounded-card border border-line bg-surface">
          {turn.calls.map((call) => (
            <AskCall key={call.id} call={call} />
          ))}
        </ul>
      )}
    </article>
  );
};

const AskForm = ({ isAnswering, turnCount }: { readonly isAnswering: boolean; readonly turnCount: number }) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [text, setText] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const ask = useMutation({
    mutationFn: (question: string) => client.ask.ask.mutate({ clubId, question }),
    onSuccess: () => setText(""),
    onSettled: () => refresh(queryClient, [trpc.ask.pathFilter()]),
  });
  // Outside system: how far the page is scrolled.
  useEffect(() => {
    if (turnCount > 0) {
      form.current?.scrollIntoView({ block: "end" });
    }
  }, [turnCount]);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== "" && !isAnswering) {
      ask.mutate(text.trim());
    }
  };
  return (
    <form ref={form} onSubmit={send} className="mt-6 flex max-w-200 flex-wrap gap-2">
      <Input
        aria-label="Ask about the club"
        placeholder="Ask about the club"
        value={text}
        maxLength={QUESTION_MAX_CHARACTERS}
        autoComplete="off"
        className="min-w-0 flex-1 basis-56"
        onChange={({ target }) => setText(target.value)}
      />
      <Button type="submit" kind="primary" isBusy={ask.isPending} disabled={isAnswering || text.trim() === ""}>
        Ask
      </Button>
      {ask.error === null ? null : (
        <p role="alert" className="basis-full text-sm text-bad-ink">
          {describeFailure(ask.error).title}
        </p>
      )}
    </form>
  );
};
