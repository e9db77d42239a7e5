"use client";

import { useEffect, useState } from "react";

type Tip = { readonly text: string; readonly left: number; readonly top: number };

const GAP_PX = 6;
const EDGE_PX = 8;
/** Room a one-line tooltip needs below its control. */
const LINE_PX = 32;

/**
 * Shows the text of any control's `data-tip` on hover and keyboard focus. One layer for the document, so that a
 * tooltip costs nothing per control and is never cut off. The text repeats the control's name, so it is silent.
 */
export const TooltipLayer = () => {
  const [tip, setTip] = useState<Tip | null>(null);

  // Outside system: pointer, focus and keyboard of the whole document.
  useEffect(() => {
    const hide = () => setTip(null);
    const show = (event: Event) => setTip(tipOf(event.target));
    const onFocus = (event: FocusEvent) => {
      const isByKeyboard = event.target instanceof Element && event.target.matches(":focus-visible");
      setTip(isByKeyboard ? tipOf(event.target) : null);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape") {
        hide();
      }
    };
    document.addEventListener("pointerover", show);
    document.addEventListener("focusin", onFocus);
    document.addEventListener("focusout", hide);
    document.addEventListener("pointerdown", hide);
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("pointerover", show);
      document.removeEventListener("focusin", onFocus);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("pointerdown", hide);
      document.removeEventListener("keydown", onKeyDown);
    };
  }, []);

  return tip === null ? null : (
    <div
      aria-hidden="true"
      className="pointer-events-none fixed z-50 max-w-64 -translate-x-1/2 rounded-control bg-solid px-2 py-1 text-xs text-on-solid shadow-float"
      style={{ left: tip.left, top: tip.top }}
    >
      {tip.text}
    </div>
  );
};

const tipOf = (target: EventTarget | null): Tip | null => {
  const control = target instanceof Element ? target.closest<HTMLElement>("[data-tip]") : null;
  const text = control?.dataset["tip"];
  if (control === null || text === undefined || !window.matchMedia("(hover: hover)").matches) {
    return null;
  }
  const box = control.getBoundingClientRect();
  const halfWidth = Math.min(128, text.length * 3.4 + 8);
  const left = Math.min(window.innerWidth - halfWidth - EDGE_PX, Math.max(halfWidth + EDGE_PX, box.left + box.width / 2));
  const isRoomBelow = box.bottom + GAP_PX + LINE_PX < window.innerHeight;
  return { text, left, top: isRoomBelow ? box.bottom + GAP_PX : box.top - LINE_PX };
};
