"use client";

import { ArrowLeft, CircleCheck, Hand, Moon, PanelRight, RotateCcw, Undo2, UserRoundPlus } from "lucide-react";
import { lazy, useMemo } from "react";

import { ChannelIcon } from "#components/inbox/channel-icon.tsx";
import { StateChip } from "#components/inbox/state-chip.tsx";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { PopupButton, type PopupProps } from "#components/ui/popup-button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { Thread } from "#server/domain/inbox-view.ts";

const AssignMenu = lazy(async () => ({ default: (await import("#components/thread/assign-menu.tsx")).AssignMenu }));
const SnoozeMenu = lazy(async () => ({ default: (await import("#components/thread/snooze-menu.tsx")).SnoozeMenu }));

const ASSIGN_KEY = { key: "a", label: "Assign" };
const SNOOZE_KEY = { key: "s", label: "Snooze" };

type Actions = Readonly<Record<"takeOver" | "handBack" | "resolve" | "reopen", { readonly isPending: boolean; readonly run: () => void }>>;

const iconButton =
  "flex size-8 shrink-0 items-center justify-center rounded-control text-ink-2 transition-colors hover:bg-sunken hover:text-ink aria-expanded:bg-sunken pointer-coarse:size-10 [&_svg]:size-4.5";

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
    {conversation === null || conversation.status === "resolved" ? null : <LaterButtons conversation={conversation} />}
    <IconButton label="Contact details" className={panelButtonClass} onClick={onOpenPanel}>
      <PanelRight />
    </IconButton>
  </header>
);

/** Who has it, and when it comes back: both open a menu, whose code comes with the first press. */
const LaterButtons = ({ conversation }: { readonly conversation: Thread["conversation"] }) => {
  const { id, status } = conversation;
  const isSnoozed = status === "snoozed";
  const Assign = useMemo(() => (popup: PopupProps) => <AssignMenu {...popup} conversationId={id} />, [id]);
  const Snooze = useMemo(() => (popup: PopupProps) => <SnoozeMenu {...popup} conversationId={id} isSnoozed={isSnoozed} />, [id, isSnoozed]);
  return (
    <div className="ml-auto flex items-center">
      <PopupButton popup={Assign} opens="menu" hotkey={ASSIGN_KEY} aria-label="Assign" data-tip="Assign · a" className={iconButton}>
        <UserRoundPlus aria-hidden="true" />
      </PopupButton>
      <PopupButton popup={Snooze} opens="menu" hotkey={SNOOZE_KEY} aria-label="Snooze" data-tip="Snooze · s" className={iconButton}>
        <Moon aria-hidden="true" />
      </PopupButton>
    </div>
  );
};

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
      <Button isBusy={actions.resolve.isPending} onClick={actions.resolve.run} data-tip="Closes it until they write again · e">
        <CircleCheck aria-hidden="true" />
        Resolve
      </Button>
    )}
  </div>
);
