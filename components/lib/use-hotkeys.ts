"use client";

import { useEffect, useEffectEvent } from "react";

/** What each key does, by `KeyboardEvent.key`. */
type Hotkeys = Readonly<Record<string, () => void>>;

/**
 * Single keys for the whole screen. They stay silent while someone types, while a dialog or menu is open, with a
 * modifier, and while a key is held down. Enter and Space belong to the control that has the focus.
 */
export const useHotkeys = (hotkeys: Hotkeys): void => {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const action = hotkeys[event.key];
    if (action === undefined || event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (isTyping(event.target) || document.querySelector(OVERLAYS) !== null) {
      return;
    }
    event.preventDefault();
    action();
  });

  // Outside system: the keyboard.
  useEffect(() => {
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
};

const OVERLAYS = ':is([role="dialog"], [role="menu"])[data-open]';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
