"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Id } from "#server/domain/ids.ts";
import { PROMPT_BLOCKS, type PromptBlockName, type ShownPart } from "#server/domain/prompt-blocks.ts";
import { visible } from "#server/domain/visible.ts";

const BLOCKS = {
  system: { title: "System", about: "Rules, personality, knowledge and the club, before everything else." },
  tools: { title: "Tools", about: "What it may ask for." },
  history: { title: "History", about: "The person, what was remembered, and the conversation. Masked." },
  format: { title: "Form of the answer", about: "The shape the answer must have." },
} as const satisfies Record<PromptBlockName, { readonly title: string; readonly about: string }>;

/** What one call was sent, fetched when it is opened: it may be long. */
export const PromptSent = ({ turnId }: { readonly turnId: Id<"modelTurn"> }) => {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="mt-1" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="flex min-h-6 cursor-pointer items-center text-xs text-ink-2">The prompt as it was sent</summary>
      {isOpen ? <Parts turnId={turnId} /> : null}
    </details>
  );
};

const Parts = ({ turnId }: { readonly turnId: Id<"modelTurn"> }) => {
  const { id: clubId } = useClub();
  const prompt = useQuery(useTRPC().aiActions.prompt.queryOptions({ clubId, turnId }, { staleTime: Number.POSITIVE_INFINITY }));
  if (prompt.isPending) {
    return <SkeletonRows count={3} label="Loading the prompt" />;
  }
  if (prompt.isError) {
    return <ErrorState error={prompt.error} onRetry={() => void prompt.refetch()} />;
  }
  return (
    <div className="mt-2 flex flex-col gap-3 border-l-2 border-line pl-3">
      {PROMPT_BLOCKS.map((block) => (
        <Block key={block} block={block} parts={prompt.data.filter((part) => part.block === block)} />
      ))}
    </div>
  );
};

const Block = ({ block, parts }: { readonly block: PromptBlockName; readonly parts: readonly ShownPart[] }) => {
  const { about, title } = BLOCKS[block];
  return parts.length === 0 ? null : (
    <section aria-label={title}>
      <h3 className="text-sm font-semibold">{title}</h3>
      <p className="text-xs text-ink-3">{about}</p>
      {parts.map((part) => (
        <Part key={part.id} part={part} />
      ))}
    </section>
  );
};

const Part = ({ part }: { readonly part: ShownPart }) => (
  <details className="mt-1">
    <summary className="flex min-h-6 cursor-pointer flex-wrap items-center gap-x-2 text-xs text-ink-2">
      <span className="break-all">{part.title}</span>
      <span className="text-ink-3 tabular-nums">
        {part.text.length.toLocaleString("en-US")} characters{part.isCut ? ", cut here" : ""}
      </span>
    </summary>
    <pre
      tabIndex={0}
      aria-label={part.title}
      className="mt-1 max-h-80 overflow-auto rounded-control bg-sunken p-3 text-xs break-words whitespace-pre-wrap"
    >
      {visible(part.text)}
    </pre>
  </details>
);
