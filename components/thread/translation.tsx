"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Languages } from "lucide-react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { conversationQueries, refresh } from "#components/lib/news-queries.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import type { ThreadMessage } from "#server/domain/inbox-view.ts";
import { languageName } from "#server/domain/translation.ts";

/** What a message says in the staff's language, on demand; under a translated reply what staff wrote. */
export const Translation = ({ message }: { readonly message: ThreadMessage }) => {
  const { translation } = message;
  if (translation !== undefined) {
    return (
      <p className="max-w-[60ch] text-sm whitespace-pre-wrap text-ink-2">
        <span className="block text-xs text-ink-3">
          {translation.source === "staff" ? "Written as" : `Translated into ${languageName(translation.language)} by the model`}
        </span>
        <span lang={translation.language}>{translation.text}</span>
      </p>
    );
  }
  return message.translateTo === undefined ? null : <ShowButton messageId={message.id} language={message.translateTo} />;
};

type ShowButtonProps = { readonly messageId: ThreadMessage["id"]; readonly language: string };

const ShowButton = ({ language, messageId }: ShowButtonProps) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const mayAsk = useMay("conversation.reply");
  const translate = useMutation({
    mutationFn: () => client.conversations.translateMessage.mutate({ clubId, messageId }),
    onSettled: () => refresh(queryClient, conversationQueries(trpc, null)),
  });
  if (!mayAsk) {
    return null;
  }
  const failure =
    translate.error === null
      ? translate.data?.kind === "not_translated"
        ? translate.data.reason
        : null
      : describeFailure(translate.error).title;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button size="sm" kind="quiet" isBusy={translate.isPending} onClick={() => translate.mutate()}>
        <Languages aria-hidden="true" />
        Show in {languageName(language)}
      </Button>
      <span role="status" className="text-xs text-ink-3">
        {failure}
      </span>
    </div>
  );
};
