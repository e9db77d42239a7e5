"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef } from "react";

import { ConversationRow } from "#components/inbox/conversation-row.tsx";
import { useHotkeys } from "#components/lib/use-hotkeys.ts";
import type { ConversationRow as Row } from "#server/domain/inbox-view.ts";

/** Every row is this high, so that a list of thousands needs no measuring. */
const ROW_PX = 92;
const OVERSCAN = 4;
/** Stands in for the list's size while the server renders, so that the first rows are in the first paint. */
const SERVER_RECT = { width: 340, height: 720 };
/** The next page is asked for when this many rows are left. */
const AHEAD = 8;

type VirtualRowsProps = {
  readonly rows: readonly Row[];
  readonly selectedId: Row["id"] | null;
  readonly hrefOf: (id: Row["id"]) => string;
  readonly onOpen: (id: Row["id"]) => void;
  /** Called while the end is near; does nothing when there is no more. */
  readonly onNearEnd: () => void;
  /** Called with the places in `rows` of the first and the last one in sight, when the list stands still. */
  readonly onSight: (first: number, last: number) => void;
};

export const VirtualRows = ({ rows, selectedId, hrefOf, onOpen, onNearEnd, onSight }: VirtualRowsProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  // Another function would have the places of all rows reckoned anew, at each step of a scroll.
  const keyOf = useCallback((index: number) => rows[index]?.id ?? index, [rows]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: keyOf,
    overscan: OVERSCAN,
    // Rows may follow a scroll by a frame, instead of being made within it.
    useFlushSync: false,
    initialRect: SERVER_RECT,
    onChange: ({ isScrolling, range }) => {
      if (range !== null && !isScrolling) {
        onSight(range.startIndex, range.endIndex);
      }
    },
  });
  const isNearEnd = virtualizer.range !== null && virtualizer.range.endIndex >= rows.length - AHEAD;
  // The outside system is the server: also a page that was refused while another one was read is asked for in the end.
  useEffect(() => {
    if (isNearEnd) {
      onNearEnd();
    }
  });
  const move = (step: number) => {
    const next = nextIndex(rows, step, selectedId);
    const row = rows[next];
    if (row === undefined) {
      return;
    }
    virtualizer.scrollToIndex(next, { align: "auto" });
    // The row may only now be rendered: it takes the focus in the next frame.
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-conversation="${row.id}"]`)?.focus());
  };
  useHotkeys({ j: () => move(1), k: () => move(-1) });

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <li
              key={key}
              aria-posinset={index + 1}
              aria-setsize={rows.length}
              className="absolute inset-x-0 top-0"
              style={{ height: ROW_PX, transform: `translateY(${start}px)` }}
            >
              <ConversationRow row={row} href={hrefOf(row.id)} isSelected={row.id === selectedId} onOpen={onOpen} />
            </li>
          );
        })}
      </ul>
    </div>
  );
};

/** From the row that has the focus, else from the open conversation, else into the list. */
const nextIndex = (rows: readonly Row[], step: number, selectedId: string | null): number => {
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["conversation"] : undefined;
  const current = rows.findIndex((row) => row.id === (focused ?? selectedId));
  return Math.min(rows.length - 1, Math.max(0, current + step));
};
