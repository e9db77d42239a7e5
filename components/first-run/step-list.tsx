"use client";

import { Check, ChevronRight } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";

import type { FirstRun } from "#components/first-run/first-run-types.ts";
import { questionsState } from "#components/first-run/questions-state.ts";
import { useSettleStep } from "#components/first-run/use-first-run.ts";
import { cn } from "#components/lib/cn.ts";
import { useClub } from "#components/lib/club.tsx";
import { clubPath, firstRunPath } from "#components/lib/paths.ts";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { Panel } from "#components/ui/page.tsx";
import { QUESTIONS, type StepState } from "#server/domain/first-run.ts";

/** What is done and what is next, until somebody puts the list away. */
export const StepList = ({ run }: { readonly run: FirstRun }) => {
  const { slug } = useClub();
  const settling = useSettleStep();
  const answeredCount = QUESTIONS.filter((question) => run.questions[question] === "done").length;
  const questions = questionsState(run);
  const isReady = [run.connect, questions, run.tried].every((state) => state !== "open");
  return (
    <div className="flex max-w-180 flex-col gap-4">
      <Panel label="Steps">
        <ol className="divide-y divide-line">
          <Entry
            title="Create the club"
            about="It is in your franchise, and Spotter is in shadow: it reads and drafts, and sends nothing."
            state="done"
          />
          <Entry
            title="Connect a vendor"
            about="Where your messages arrive. One is enough to begin."
            state={run.connect}
            href={firstRunPath(slug, { step: "connect" })}
          />
          <Entry
            title="Answer ten questions"
            about={`Each answer becomes an article that Spotter may quote. ${answeredCount} of ${QUESTIONS.length} answered.`}
            state={questions}
            href={firstRunPath(slug, { step: "questions" })}
          />
          <Entry
            title="Try Spotter"
            about="Ask it what a member would ask. Nothing leaves."
            state={run.tried}
            href={firstRunPath(slug, { step: "try" })}
          />
        </ol>
      </Panel>
      <div className="flex flex-wrap items-center gap-3">
        <Button
          kind={isReady ? "primary" : "secondary"}
          size="lg"
          isBusy={settling.isPending}
          onClick={() =>
            settling.mutate({ state: "done", step: "finished" }, { onSuccess: () => globalThis.location.assign(clubPath(slug, "inbox")) })
          }
        >
          {isReady ? "Finish" : "Put this list away"}
        </Button>
        <Later slug={slug} />
      </div>
    </div>
  );
};

const Later = ({ slug }: { readonly slug: string }) => (
  <p className="max-w-[52ch] text-xs text-ink-3">
    Later, when its drafts read like yours, let Spotter answer topic by topic under{" "}
    <Link href={clubPath(slug, "agent")} className="text-ink-2 underline underline-offset-2">
      Agent
    </Link>
    . Bring your people in under{" "}
    <Link href={clubPath(slug, "team")} className="text-ink-2 underline underline-offset-2">
      Team
    </Link>
    .
  </p>
);

type EntryProps = { readonly title: string; readonly about: string; readonly state: StepState; readonly href?: Route };

const Entry = ({ title, about, state, href }: EntryProps) => {
  const content = (
    <>
      <span
        aria-hidden="true"
        className={cn(
          "flex size-6 shrink-0 items-center justify-center rounded-full border",
          state === "done" ? "border-transparent bg-good-tint text-good-ink" : "border-line-strong/60 text-transparent",
        )}
      >
        <Check className="size-3.5" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block text-base font-semibold">{title}</span>
        <span className="block text-sm text-pretty text-ink-2">{about}</span>
      </span>
      {state === "skipped" ? <Chip>Skipped</Chip> : null}
      <span className="sr-only">{STATE_WORDS[state]}</span>
    </>
  );
  const look = "flex items-center gap-3 px-4 py-3";
  return (
    <li>
      {href === undefined ? (
        <div className={look}>{content}</div>
      ) : (
        <Link href={href} className={cn(look, "transition-colors hover:bg-sunken focus-visible:-outline-offset-2")}>
          {content}
          <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
        </Link>
      )}
    </li>
  );
};

const STATE_WORDS = { open: "Not done yet", done: "Done", skipped: "You can still do it" } as const satisfies Record<StepState, string>;
