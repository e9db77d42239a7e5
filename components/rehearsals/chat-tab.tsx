"use client";

import { useMutation } from "@tanstack/react-query";
import { MessageSquareDashed } from "lucide-react";
import { useState, type FormEvent } from "react";

import { cn } from "#components/lib/cn.ts";
import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { KeepTest } from "#components/rehearsals/keep-test.tsx";
import type { Seen } from "#components/rehearsals/rehearsal-types.ts";
import { SeenPanel } from "#components/rehearsals/seen-panel.tsx";
import { INVENTED, WhoFields } from "#components/rehearsals/who-fields.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Input } from "#components/ui/input.tsx";
import type { RehearsalContact, RehearsalTurn } from "#server/domain/rehearsal.ts";

const TEXT_MAX_CHARACTERS = 2_000;

/** Talks to the agent as anybody: the same thinking, guards and rules, and nothing leaves. */
export const ChatTab = () => {
  const { answer, isReady, restart, send, setText, setWho, text, turns, who } = useTestChat();
  return (
    <div className="grid gap-6 p-4 lg:grid-cols-[1fr_22rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <WhoFields
          who={who}
          onChange={(next) => {
            setWho(next);
            restart();
          }}
        />
        <Transcript turns={turns} isDraft={answer.data?.outcome === "suggest"} isThinking={answer.isPending} error={answer.error} />
        <form onSubmit={send} className="flex flex-wrap gap-2">
          <Input
            aria-label="Write as this person"
            placeholder={isReady ? "Write as this person" : "Choose somebody first"}
            value={text}
            maxLength={TEXT_MAX_CHARACTERS}
            autoComplete="off"
            disabled={!isReady}
            className="min-w-0 flex-1 basis-56"
            onChange={({ target }) => setText(target.value)}
          />
          <Button type="submit" kind="primary" isBusy={answer.isPending} disabled={!isReady}>
            Send
          </Button>
          <Button onClick={restart} disabled={turns.length === 0}>
            Start over
          </Button>
        </form>
      </div>
      <aside className="flex min-w-0 flex-col gap-4">
        {answer.data === undefined ? (
          <p className="text-sm text-ink-3">Why it answers as it does will stand here.</p>
        ) : (
          <>
            <SeenPanel seen={answer.data} />
            <KeepTest who={who} turns={turns} seen={answer.data} />
          </>
        )}
      </aside>
    </div>
  );
};

/** The conversation so far and the last thing the agent made of it. */
const useTestChat = () => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const [who, setWho] = useState<RehearsalContact>(INVENTED);
  const [turns, setTurns] = useState<readonly RehearsalTurn[]>([]);
  const [text, setText] = useState("");
  const answer = useMutation({
    mutationFn: (asked: readonly RehearsalTurn[]) => client.rehearsals.chat.mutate({ clubId, contact: who, turns: [...asked] }),
    onSuccess: (seen, asked) => setTurns(said(seen) === null ? asked : [...asked, { from: "agent", text: said(seen) ?? "" }]),
  });
  const isReady = who.kind === "invented" || who.contactId !== "";
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== "" && isReady) {
      const asked: readonly RehearsalTurn[] = [...turns, { from: "contact", text: text.trim() }];
      setTurns(asked);
      setText("");
      answer.mutate(asked);
    }
  };
  const restart = (): void => {
    setTurns([]);
    answer.reset();
  };
  return { answer, isReady, restart, send, setText, setWho, text, turns, who };
};

type TranscriptProps = {
  readonly turns: readonly RehearsalTurn[];
  readonly isDraft: boolean;
  readonly isThinking: boolean;
  readonly error: unknown;
};

const Transcript = ({ error, isDraft, isThinking, turns }: TranscriptProps) => (
  <div className="flex min-h-64 flex-col gap-2 rounded-card border border-line bg-canvas p-3" role="log" aria-label="Test conversation">
    {turns.length === 0 ? (
      <EmptyState icon={<MessageSquareDashed />} title="Nothing leaves">
        Write what a member would write. You see the answer, why it is given, and what it cost.
      </EmptyState>
    ) : (
      withKeys(turns).map(({ key, turn }, index) => <Bubble key={key} turn={turn} isDraft={isDraft && index === turns.length - 1} />)
    )}
    {isThinking ? <p className="self-end text-xs text-ink-3">Spotter is thinking…</p> : null}
    {error === null ? null : (
      <p role="alert" className="text-sm text-bad-ink">
        {describeFailure(error).title}
      </p>
    )}
  </div>
);

/** Turns are only ever added at the end, so their place names them. */
const withKeys = (turns: readonly RehearsalTurn[]) => turns.map((turn, place) => ({ turn, key: `turn-${place}` }));

const said = ({ outcome, text }: Seen): string | null => (outcome === "ignore" || outcome === "wait" ? null : text);

const Bubble = ({ isDraft, turn }: { readonly turn: RehearsalTurn; readonly isDraft: boolean }) => (
  <p
    className={cn(
      "max-w-[85%] rounded-card px-3 py-2 text-sm break-words whitespace-pre-line",
      turn.from === "contact" ? "self-start bg-sunken" : "self-end bg-spotter-tint text-ink",
      isDraft && "border border-dashed border-spotter-ink bg-transparent",
    )}
  >
    <span className="sr-only">{turn.from === "contact" ? "Member: " : isDraft ? "Spotter's draft: " : "Spotter: "}</span>
    {turn.text}
  </p>
);
