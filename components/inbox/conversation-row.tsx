import { Clock } from "lucide-react";
import { memo, type MouseEvent } from "react";

import { ChannelIcon } from "#components/inbox/channel-icon.tsx";
import { previewWords } from "#components/inbox/preview-words.ts";
import { StateChip } from "#components/inbox/state-chip.tsx";
import { useClock } from "#components/lib/clock.tsx";
import { cn } from "#components/lib/cn.ts";
import { formatDuration, formatMoment, formatUntil } from "#components/lib/format.ts";
import { Count } from "#components/ui/chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import type { ConversationRow as Row } from "#server/domain/inbox-view.ts";
import { CATEGORY_LABELS } from "#server/domain/categories.ts";

type ConversationRowProps = {
  readonly row: Row;
  readonly href: string;
  readonly isSelected: boolean;
  readonly onOpen: (id: Row["id"]) => void;
};

/** Who, where, what was said last, how long they have waited, and one state. Drawn again only when something of it changes. */
export const ConversationRow = memo(({ row, href, isSelected, onOpen }: ConversationRowProps) => {
  const isUnread = row.unreadCount > 0;
  const openHere = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    onOpen(row.id);
  };
  return (
    <a
      href={href}
      data-conversation={row.id}
      aria-current={isSelected ? "true" : undefined}
      onClick={openHere}
      className={cn(
        "relative flex h-full flex-col justify-center gap-1 border-b border-line pr-4 pl-5 transition-colors hover:bg-sunken/60 focus-visible:-outline-offset-2",
        isSelected && "bg-sunken hover:bg-sunken",
      )}
    >
      {isUnread ? <span aria-hidden="true" data-mark className="absolute top-4.5 left-2 size-1.5 rounded-full bg-ink" /> : null}
      <span className="flex items-center gap-1.5">
        <span className={cn("truncate text-base", isUnread && "font-semibold")}>{row.contactName}</span>
        <ChannelIcon kind={row.channelKind} className="size-3.5 shrink-0 text-ink-3" />
        <span className="sr-only">{row.channelName}</span>
        <span className="ml-auto shrink-0 text-xs text-ink-3 tabular-nums">
          <Waiting row={row} />
        </span>
      </span>
      <span className={cn("flex items-center gap-1.5 text-sm", isUnread ? "text-ink" : "text-ink-2")}>
        {row.found === undefined ? (
          <>
            <Speaker author={row.lastMessageAuthor} />
            <span className="truncate">{previewWords(row)}</span>
          </>
        ) : (
          <span className="truncate">{row.found}</span>
        )}
      </span>
      <span className="flex items-center gap-2">
        <StateChip row={row} />
        {row.lastCategory === null ? null : <span className="truncate text-xs text-ink-3">{CATEGORY_LABELS[row.lastCategory]}</span>}
        <span className="ml-auto">
          <Count value={row.unreadCount} label={`${row.unreadCount} unread`} />
        </span>
      </span>
    </a>
  );
});
ConversationRow.displayName = "ConversationRow";

const Waiting = ({ row }: { readonly row: Row }) => {
  const clock = useClock();
  if (row.snoozedUntil !== null) {
    return (
      <time dateTime={row.snoozedUntil.toISOString()} title={`Until ${formatMoment(row.snoozedUntil, clock.zone)}`}>
        <span className="sr-only">until </span>
        {formatUntil(row.snoozedUntil, clock)}
      </time>
    );
  }
  if (row.waitingSince === null) {
    return <RelativeTime at={row.lastMessageAt} />;
  }
  return (
    <time
      dateTime={row.waitingSince.toISOString()}
      title={`Waiting since ${formatMoment(row.waitingSince, clock.zone)}`}
      className="flex items-center gap-1 text-ink-2"
    >
      <Clock aria-hidden="true" className="size-3" />
      <span className="sr-only">waiting </span>
      {formatDuration(clock.now.getTime() - row.waitingSince.getTime())}
    </time>
  );
};

/** A glance down the list shows what the machine said last. */
const Speaker = ({ author }: { readonly author: Row["lastMessageAuthor"] }) => {
  if (author === "contact") {
    return null;
  }
  if (author === "staff") {
    return <span className="shrink-0 text-ink-3">Staff:</span>;
  }
  return (
    <span className="shrink-0 text-spotter-ink">
      <SpotterGlyph className="size-3.5" />
      <span className="sr-only">Spotter: </span>
    </span>
  );
};
