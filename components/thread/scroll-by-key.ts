import type { KeyboardEvent } from "react";

/** Of a screen, so that the last line read stays in sight. */
const PAGE = 0.9;
const LINE_PX = 40;

/**
 * Scrolls a list that runs bottom-up, at once. The browser's own way is a smooth one, which ends halfway when something that
 * comes into sight is higher than was thought.
 */
export const scrollByKey = (event: KeyboardEvent<HTMLElement>): void => {
  const { currentTarget: list, key, target } = event;
  if (target !== list || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  const pagePx = list.clientHeight * PAGE;
  const steps = new Map([
    ["PageUp", -pagePx],
    ["PageDown", pagePx],
    ["ArrowUp", -LINE_PX],
    ["ArrowDown", LINE_PX],
    ["Home", -list.scrollHeight],
    ["End", list.scrollHeight],
  ]);
  const step = steps.get(key);
  if (step === undefined) {
    return;
  }
  event.preventDefault();
  list.scrollBy({ top: step, behavior: "instant" });
  if (key === "Home") {
    // What came into sight was measured in between.
    requestAnimationFrame(() => list.scrollBy({ top: -list.scrollHeight, behavior: "instant" }));
  }
};
