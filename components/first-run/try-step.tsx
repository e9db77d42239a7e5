"use client";

import { useMutation } from "@tanstack/react-query";
import { MessageSquare } from "lucide-react";
import Link from "next/link";

import { FailureLine } from "#components/connections/failure-line.tsx";
import type { FirstRun } from "#components/first-run/first-run-types.ts";
import { StepFrame } from "#components/first-run/step-frame.tsx";
import { useSettleStep } from "#components/first-run/use-first-run.ts";
import { useClub } from "#components/lib/club.tsx";
import { agentTestPath, firstRunPath } from "#components/lib/paths.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { SeenPanel } from "#components/rehearsals/seen-panel.tsx";
import { INVENTED } from "#components/rehearsals/who-fields.tsx";
import { Button, buttonStyles } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { samplesOf } from "#server/domain/first-run.ts";

/** Three questions a member would put, answered by the same thinking that reads real messages. Nothing leaves. */
export const TryStep = ({ run }: { readonly run: FirstRun }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const settling = useSettleStep();
  const asking = useMutation({
    mutationFn: (text: string) => client.rehearsals.chat.mutate({ clubId, contact: INVENTED, turns: [{ from: "contact", text }] }),
    onSuccess: () => settling.mutate({ state: "done", step: "try" }),
  });
  return (
    <StepFrame
      title="Try Spotter"
      about="Press a question and see the answer, and on what grounds it is given. It quotes what you wrote, or says that it does not know."
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <ul className="flex flex-col gap-2">
            {samplesOf(run.questions, run.kind).map(({ text, isUnknown }) => (
              <li key={text}>
                <button
                  type="button"
                  disabled={asking.isPending}
                  onClick={() => asking.mutate(text)}
                  className="flex min-h-11 w-full items-center gap-3 rounded-card border border-line bg-surface px-4 py-2 text-left transition-colors enabled:hover:bg-sunken disabled:opacity-60"
                >
                  <MessageSquare aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
                  <span className="min-w-0 flex-1 text-base">{text}</span>
                  {isUnknown ? <span className="text-xs text-ink-3">not answered yet</span> : null}
                </button>
              </li>
            ))}
          </ul>
          <Transcript asked={asking.variables} seen={asking.data} isPending={asking.isPending} />
          {asking.isError ? <FailureLine error={asking.error} /> : null}
        </div>
        <aside className="flex flex-col gap-4">
          {asking.data === undefined ? (
            <p className="text-sm text-ink-3">Why it answers as it does will stand here.</p>
          ) : (
            <SeenPanel seen={asking.data} />
          )}
        </aside>
      </div>
      <GoOn isTried={run.tried !== "open"} />
    </StepFrame>
  );
};

type Seen = Parameters<typeof SeenPanel>[0]["seen"];

/** Dashed, because in shadow it stays a draft nobody sees. */
const Reply = ({ seen }: { readonly seen: Seen }) =>
  seen.text === null || seen.text === "" ? (
    <p className="self-end text-sm text-ink-3">Spotter says nothing here and leaves it to a person.</p>
  ) : (
    <p className="max-w-[85%] self-end rounded-card border border-dashed border-spotter-ink px-3 py-2 text-base whitespace-pre-line">
      <span className="sr-only">Spotter’s draft: </span>
      {seen.text}
    </p>
  );

type TranscriptProps = { readonly asked: string | undefined; readonly seen: Seen | undefined; readonly isPending: boolean };

const Transcript = ({ asked, seen, isPending }: TranscriptProps) => (
  <div role="log" aria-label="Test conversation" className="flex min-h-48 flex-col gap-2 rounded-card border border-line bg-canvas p-3">
    {asked === undefined ? (
      <EmptyState icon={<MessageSquare />} title="Nothing leaves">
        Ana, an invented member, asks. Spotter answers here and nowhere else.
      </EmptyState>
    ) : (
      <>
        <p className="max-w-[85%] self-start rounded-card bg-sunken px-3 py-2 text-base">{asked}</p>
        {isPending ? <p className="self-end text-xs text-ink-3">Spotter is thinking…</p> : null}
        {seen === undefined ? null : <Reply seen={seen} />}
      </>
    )}
  </div>
);

const GoOn = ({ isTried }: { readonly isTried: boolean }) => {
  const { slug } = useClub();
  const settling = useSettleStep();
  return (
    <div className="flex flex-wrap gap-3">
      <Link href={firstRunPath(slug)} className={buttonStyles({ kind: isTried ? "primary" : "secondary", size: "lg" })}>
        {isTried ? "Go on" : "All steps"}
      </Link>
      <Link href={agentTestPath(slug)} className={buttonStyles({ kind: "quiet", size: "lg" })}>
        Ask something else
      </Link>
      {isTried ? null : (
        <Button kind="quiet" size="lg" isBusy={settling.isPending} onClick={() => settling.mutate({ state: "skipped", step: "try" })}>
          Skip
        </Button>
      )}
    </div>
  );
};
