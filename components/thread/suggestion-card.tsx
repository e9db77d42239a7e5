"use client";

import { useRef, useState } from "react";

import { DecisionBar } from "#components/approvals/decision-bar.tsx";
import { useHotkeys } from "#components/lib/use-hotkeys.ts";
import { WhyLine } from "#components/thread/why-line.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import type { Id } from "#server/domain/ids.ts";
import type { Suggestion } from "#server/domain/inbox-view.ts";

type SuggestionCardProps = { readonly suggestion: Suggestion; readonly conversationId: Id<"conversation"> };

/** A draft of Spotter. Dashed until it goes out, like every draft. */
export const SuggestionCard = ({ suggestion, conversationId }: SuggestionCardProps) => {
  const [isEditing, setIsEditing] = useState(false);
  const approve = useRef<HTMLButtonElement>(null);
  useHotkeys({
    // Only moves the focus: sending takes a second, different key.
    y: () => approve.current?.focus(),
    d: () => setIsEditing(true),
  });
  return (
    <section
      aria-label="Draft of Spotter"
      className="mt-4 flex w-full max-w-160 animate-arrive flex-col gap-2.5 self-end rounded-card border border-dashed border-spotter-solid bg-spotter-tint/60 p-3"
    >
      <p className="flex items-center gap-1.5 text-xs text-spotter-ink">
        <SpotterGlyph className="size-3.5" />
        Draft of Spotter. Nothing of it has gone out.
      </p>
      {isEditing ? null : <p className="max-w-[72ch] text-base break-words whitespace-pre-wrap">{suggestion.body}</p>}
      {suggestion.why === null ? null : <WhyLine why={suggestion.why} ratedMessageId={null} side="left" />}
      <DecisionBar item={{ ...suggestion, conversationId }} isEditing={isEditing} onEditingChange={setIsEditing} approveRef={approve} />
    </section>
  );
};
