"use client";

import { useMutation } from "@tanstack/react-query";
import { Languages, Send } from "lucide-react";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import type { Id } from "#server/domain/ids.ts";
import { languageName } from "#server/domain/translation.ts";

export type Original = { readonly text: string; readonly language: string };

type TranslateReplyProps = {
  readonly conversationId: Id<"conversation">;
  readonly text: string;
  readonly languages: { readonly staff: string; readonly contact: string | null };
  readonly onSend: (text: string, original: Original) => void;
};

/** A reply in the language of whoever wrote: shown first, and sent exactly as shown, with the words it was made of kept. */
export const TranslateReply = ({ conversationId, languages, onSend, text }: TranslateReplyProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const preview = useMutation({
    mutationFn: async (input: { readonly text: string; readonly language: string }) => ({
      of: input.text,
      result: await client.conversations.previewTranslation.mutate({ clubId, conversationId, ...input }),
    }),
  });
  const language = languages.contact;
  const content = text.trim();
  if (language === null || content === "") {
    return null;
  }
  // Words that were changed since are not what was translated.
  const result = preview.data?.of === content ? preview.data.result : null;
  const failure =
    preview.error === null ? (result?.kind === "not_translated" ? result.reason : null) : describeFailure(preview.error).title;
  return (
    <div className="flex flex-col items-start gap-2">
      {result?.kind === "translated" ? (
        <section aria-label="Translation to send" className="w-full rounded-control border border-line bg-sunken p-3 text-sm">
          <p className="text-xs text-ink-3">Goes out exactly like this, in {languageName(language)}</p>
          <p lang={language} className="my-1 whitespace-pre-wrap">
            {result.text}
          </p>
          <Button
            size="sm"
            kind="primary"
            onClick={() => {
              onSend(result.text, { text: content, language: languages.staff });
              preview.reset();
            }}
          >
            <Send aria-hidden="true" />
            Send in {languageName(language)}
          </Button>
        </section>
      ) : (
        <Button size="sm" kind="quiet" isBusy={preview.isPending} onClick={() => preview.mutate({ text: content, language })}>
          <Languages aria-hidden="true" />
          Translate to {languageName(language)}
        </Button>
      )}
      <p role="status" className="text-xs text-bad-ink empty:hidden">
        {failure}
      </p>
    </div>
  );
};
