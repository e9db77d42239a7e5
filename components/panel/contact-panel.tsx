"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";

import { useClub } from "#components/lib/club.tsx";
import { cn } from "#components/lib/cn.ts";
import { failureCode } from "#components/lib/failure.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { ContactFacts } from "#components/panel/contact-facts.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Id } from "#server/domain/ids.ts";

type Visibility = "open" | "closed" | "by-width";

type ContactPanelProps = {
  readonly conversationId: Id<"conversation">;
  readonly visibility: Visibility;
  readonly onClose: () => void;
};

/** Beside the thread where there is room, above it where there is less, a screen of its own on a phone. */
const VISIBILITY_STYLES = {
  "by-width": "hidden xl:flex",
  open: "absolute inset-0 z-10 flex md:left-auto md:shadow-float xl:static xl:shadow-none",
  closed: "hidden",
} as const satisfies Record<Visibility, string>;

/** The thread beside it says so already; the same sentence twice would be read aloud twice. */
const NOT_FOUND = "NOT_FOUND";

export const ContactPanel = ({ conversationId, visibility, onClose }: ContactPanelProps) => {
  const { id: clubId } = useClub();
  const panel = useQuery(useTRPC().conversations.panel.queryOptions({ clubId, conversationId }));
  return (
    <aside
      aria-label="Contact details"
      className={cn("h-full w-full shrink-0 flex-col border-l border-line bg-surface md:w-80", VISIBILITY_STYLES[visibility])}
    >
      <header className="flex h-14 shrink-0 items-center justify-between border-b border-line pr-2 pl-4">
        <h2 className="text-base font-semibold">Contact</h2>
        <IconButton label="Close contact details" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <div
        tabIndex={0}
        role="group"
        aria-label="About this contact"
        className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
      >
        {panel.isPending ? <SkeletonRows count={4} label="Loading contact details" /> : null}
        {panel.isError && panel.data === undefined && failureCode(panel.error) !== NOT_FOUND ? (
          <ErrorState error={panel.error} onRetry={() => void panel.refetch()} />
        ) : null}
        {panel.data === undefined ? null : <ContactFacts contact={panel.data} conversationId={conversationId} />}
      </div>
    </aside>
  );
};
