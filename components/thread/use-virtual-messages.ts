"use client";

import { defaultRangeExtractor, elementScroll, observeElementOffset, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useMemo, useState, type RefObject } from "react";

import type { ThreadMessage } from "#server/domain/inbox-view.ts";

/** A short message with its time; each one is measured when it comes into sight. */
const ENTRY_PX = 72;
const OVERSCAN = 8;
/** Stands in for the thread's size while the server renders, so that the newest messages are in the first paint. */
const SERVER_RECT = { width: 640, height: 720 };

type VirtualMessagesOptions = {
  readonly messages: readonly ThreadMessage[];
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onSight: (first: number, last: number) => void;
};

/**
 * Which messages exist. Places are counted from the end of the thread, as the scroller runs: 0 is what follows the newest
 * message, 1 is the newest. So nothing in sight gets another place when earlier messages are loaded.
 */
export const useVirtualMessages = ({ messages, onSight, scroller }: VirtualMessagesOptions) => {
  const count = messages.length + 1;
  const atOf = (place: number): number => messages.length - place;
  const [heldId, hold] = useState<string | null>(null);
  const [settled, setSettled] = useState({ count: 0, px: 0 });
  const held = useMemo(() => {
    const at = heldId === null ? -1 : messages.findIndex(({ id }) => id === heldId);
    return at < 0 ? 0 : messages.length - at;
  }, [heldId, messages]);
  // Another function would have the places of all messages reckoned anew, at each step of a scroll.
  const keyOf = useCallback((place: number) => messages[messages.length - place]?.id ?? "end", [messages]);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ENTRY_PX,
    getItemKey: keyOf,
    overscan: OVERSCAN,
    initialRect: SERVER_RECT,
    observeElementOffset: (instance, report) =>
      observeElementOffset(instance, (offset, isScrolling) => report(Math.abs(offset), isScrolling)),
    scrollToFn: (offset, options, instance) => elementScroll(-offset, options, instance),
    // The end holds what somebody is writing about, and a message with the focus what they are writing.
    rangeExtractor: (range: Range) => [...new Set([0, held, ...defaultRangeExtractor(range)])].toSorted((left, right) => left - right),
    onChange: (instance) => {
      const { isScrolling, range } = instance;
      if (range !== null && !isScrolling) {
        setSettled({ count, px: instance.getTotalSize() });
        onSight(Math.max(atOf(range.endIndex), 0), Math.max(atOf(range.startIndex), 0));
      }
    },
  });
  // What stands below is kept in its place by the browser; two who correct would correct twice.
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = () => false;
  const items = virtualizer.getVirtualItems();
  // A scroller that runs bottom-up ends a smooth scroll when its height changes: what is measured on the way counts at its end.
  const totalPx = virtualizer.isScrolling && settled.count === count ? settled.px : virtualizer.getTotalSize();
  return {
    /** Of all that is earlier than the first entry. */
    earlierPx: totalPx - (items.at(-1)?.end ?? 0),
    /** Oldest first; the last one is what follows the newest message. `laterPx`: what is left out below it. */
    entries: items
      .map(({ index, start }, order) => ({ at: atOf(index), place: index, laterPx: start - (items[order - 1]?.end ?? 0) }))
      .toReversed(),
    measure: virtualizer.measureElement,
    /** Keeps a message in being, also far out of sight, until another one is held. */
    hold,
  };
};
