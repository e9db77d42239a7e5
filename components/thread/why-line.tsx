"use client";

import { ChevronDown } from "lucide-react";
import { Suspense, lazy, useId, useState } from "react";

import { cn } from "#components/lib/cn.ts";
import { whyLine } from "#components/lib/labels.ts";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import type { Id } from "#server/domain/ids.ts";
import type { Why } from "#server/domain/inbox-view.ts";

const WhyDetails = lazy(async () => ({ default: (await import("#components/thread/why-details.tsx")).WhyDetails }));

type WhyLineProps = {
  readonly why: Why;
  /** Set where the words of Spotter can be rated. */
  readonly ratedMessageId: Id<"message"> | null;
  readonly side: "left" | "right";
  /** False by a message of the contact: an answer that has gone out bears its own reasons. */
  readonly hasGoneOut?: boolean;
};

/** One quiet line that says why, and opens to everything that was known at that moment. */
export const WhyLine = ({ why, ratedMessageId, side, hasGoneOut = true }: WhyLineProps) => {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  return (
    <div className={cn("flex w-full flex-col", side === "right" ? "items-end" : "items-start")}>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
        className="-mx-1 inline-flex min-h-6 max-w-full items-center gap-1 rounded-control px-1 text-left text-xs text-ink-3 transition-colors hover:text-ink pointer-coarse:min-h-9"
      >
        <SpotterGlyph className="size-3 text-spotter-ink" />
        <span className="sr-only">Why: </span>
        <span className="min-w-0">{whyLine(why, { hasGoneOut })}</span>
        <ChevronDown aria-hidden="true" className={cn("size-3 shrink-0 transition-transform", isOpen && "rotate-180")} />
      </button>
      <div id={id} className="w-full max-w-112 empty:hidden">
        {isOpen ? (
          <Suspense fallback={null}>
            <WhyDetails why={why} ratedMessageId={ratedMessageId} />
          </Suspense>
        ) : null}
      </div>
    </div>
  );
};
