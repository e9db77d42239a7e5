"use client";

import { useMutation } from "@tanstack/react-query";
import { MessageCircleQuestion } from "lucide-react";
import { useForm } from "react-hook-form";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Panel } from "#components/ui/page.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";

const QUESTION_MAX_CHARACTERS = 500;

/** Asks as a member would, and shows what would be quoted. Nothing leaves, nothing is stored. */
export const TestBox = ({ onOpen }: { readonly onOpen?: (articleId: string) => void }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const form = useForm({ defaultValues: { question: "" } });
  const tried = useMutation({ mutationFn: (question: string) => client.knowledge.try.query({ clubId, question }) });
  const submit = form.handleSubmit(({ question }) => tried.mutate(question.trim()));
  return (
    <Panel label="Try a question">
      <form onSubmit={(event) => void submit(event)} className="flex flex-wrap items-center gap-2 p-3">
        <MessageCircleQuestion aria-hidden="true" className="size-5 shrink-0 text-ink-3 max-md:hidden" />
        <Input
          aria-label="Ask as a member would"
          placeholder="Ask as a member would: how much is a day pass?"
          autoComplete="off"
          maxLength={QUESTION_MAX_CHARACTERS}
          className="min-w-0 flex-1 basis-64"
          {...form.register("question", { validate: (question) => question.trim() !== "" })}
        />
        <Button type="submit" isBusy={tried.isPending}>
          Try it
        </Button>
      </form>
      <div role="status" aria-label="What would be quoted">
        {tried.isError ? <p className="border-t border-line px-4 py-3 text-sm text-bad-ink">{describeFailure(tried.error).title}</p> : null}
        {tried.data?.kind === "silent" ? (
          <p className="border-t border-line px-4 py-3 text-sm text-ink-2">
            Spotter would stay silent on “{tried.variables}”: no article says it. A person would be asked.
          </p>
        ) : null}
        {tried.data?.kind === "quoted" ? <Quoted {...tried.data} onOpen={onOpen} /> : null}
      </div>
    </Panel>
  );
};

type QuotedProps = {
  readonly text: string;
  readonly isTranslated: boolean;
  readonly articles: readonly { readonly id: string; readonly title: string }[];
  readonly onOpen: ((articleId: string) => void) | undefined;
};

const Quoted = ({ text, articles, isTranslated, onOpen }: QuotedProps) => (
  <div className="flex flex-col gap-1.5 border-t border-line px-4 py-3">
    <p className="flex max-w-[72ch] gap-2 text-base">
      <SpotterGlyph className="mt-1 size-3.5 shrink-0 text-spotter-ink" />
      <span>{text}</span>
    </p>
    {isTranslated ? null : (
      <p className="text-sm text-warn-ink">Nobody has translated this. Whoever asks so is answered by the model, or by a person.</p>
    )}
    <p className="text-xs text-ink-3">
      Quoted from{" "}
      {articles.map(({ id, title }, index) => (
        <span key={id}>
          {index === 0 ? null : ", "}
          {id.startsWith("kb_") && onOpen !== undefined ? (
            <button type="button" onClick={() => onOpen(id)} className="text-ink underline underline-offset-2">
              {title}
            </button>
          ) : (
            title
          )}
        </span>
      ))}
    </p>
  </div>
);
