import type { RefObject } from "react";

/** What floats above the page: the only things with a shadow. */
export const popupStyles =
  "origin-(--transform-origin) rounded-card border border-line bg-raised text-ink shadow-float transition-[opacity,scale] outline-none data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0";

type CloseDetails = { readonly reason: string; readonly event: Event; readonly cancel: () => void };

/**
 * The button that opened a popup also closes it. Without this, pressing it counts as a press outside, closes the
 * popup, and the button's own click opens it again.
 */
export const isPressOnAnchor = ({ reason, event }: CloseDetails, anchor: RefObject<Element | null>): boolean =>
  reason === "outside-press" && event.target instanceof Node && anchor.current?.contains(event.target) === true;
