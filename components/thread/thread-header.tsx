"use client";

import { ArrowLeft, CircleCheck, Hand, PanelRight, RotateCcw, Undo2 } from "lucide-react";

import { ChannelIcon } from "#components/inbox/channel-icon.tsx";
import { StateChip } from "#components/inbox/state-chip.tsx";
import { cn } from "#components/lib/cn.ts";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Thread } from "#server/domain/inbox-view.ts";

type Actions = Readonly<Record<"takeOver" | "handBack" | "resolve" | "reopen", { readonly isPending: boolean; readonly run: () => void }>>;

type ThreadHeaderProps = {
  readonly conversation: Thread["conversation"] | null;
  readonly isLoading: boolean;
  readonly actions: Actions;
  readonly panelButtonClass: string;
  readonly onBack: () => void;
  readonly onOpenPanel: () => void;
};

/** Who, on which channel, in whose hands, and the few things that change that. */
export const ThreadHeader = ({ conversation, isLoading, actions, panelButtonClass, onBack, onOpenPanel }: ThreadHeaderProps) => (
  <header className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-line bg-surface px-2 py-2 md:h-14 md:flex-nowrap md:px-6">
    <IconButton label="Back to the list" className="md:hidden" onClick={onBack}>
      <ArrowLeft />
    </IconButton>
    {isLoading ? <Skeleton className="h-5 w-40" /> : null}
    {conversation === null ? null : (
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <div className="min-w-0">
          <h2 className="truncate text-lg font-semibold">{conversation.contactName}</h2>
          <p className="flex items-center gap-1 truncate text-xs text-ink-3">
            <ChannelIcon kind={conversation.channelKind} className="size-3 shrink-0" />
            {conversation.channelName}
          </p>
        </div>
        <StateChip row={conversation} />
      </div>
    )}
    {conversation === null ? null : <HeaderActions conversation={conversation} actions={actions} />}
    <IconButton label="Contact details" className={cn("ml-auto", panelButtonClass)} onClick={onOpenPanel}>
      <PanelRight />
    </IconButton>
  </header>
);

const HeaderActions = ({ conversation, actions }: { readonly conversation: Thread["conversation"]; readonly actions: Actions }) => (
  <div className="flex items-center gap-2 max-md:order-last max-md:w-full max-md:px-2 max-md:*:flex-1">
    {conversation.handledBy === "agent" ? (
      <Button isBusy={actions.takeOver.isPending} onClick={actions.takeOver.run} data-tip="Spotter stays silent here · t">
        <Hand aria-hidden="true" />
        Take over
      </Button>
    ) : (
      <Button isBusy={actions.handBack.isPending} onClick={actions.handBack.run} data-tip="Spotter answers here again · h">
        <Undo2 aria-hidden="true" />
        Hand back
      </Button>
    )}
    {conversation.status === "resolved" ? (
      <Button isBusy={actions.reopen.isPending} onClick={actions.reopen.run}>
        <RotateCcw aria-hidden="true" />
        Reopen
      </Button>
    ) : (
      <Button isBusy={actions.resolve.isPending} onClick={actions.resolve.run}>
        <CircleCheck aria-hidden="true" />
        Resolve
      </Button>
    )}
  </div>
);
