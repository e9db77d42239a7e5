"use client";

import { useState } from "react";

/** Begins a little before it is seen, so that what is behind it has mostly come by then. */
const NEAR_MARGIN = "240px";

type NearView = { readonly ref: (element: Element | null) => (() => void) | undefined; readonly isNear: boolean };

/** Whether an element has come near what is seen of the page; stays true from then on. */
export const useNearView = (): NearView => {
  const [isNear, setIsNear] = useState(false);
  const [ref] = useState(() => (element: Element | null) => {
    if (element === null) {
      return undefined;
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) {
          setIsNear(true);
          observer.disconnect();
        }
      },
      { rootMargin: NEAR_MARGIN },
    );
    observer.observe(element);
    return () => observer.disconnect();
  });
  return { ref, isNear };
};
