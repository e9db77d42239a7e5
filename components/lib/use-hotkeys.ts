"use client";

import { useEffect, useEffectEvent } from "react";

/** What a key does; with a label it stands in the palette as well, while the screen that has it is shown. */
type Command = { readonly label: string; readonly run: () => void };

/** By `KeyboardEvent.key`. */
export type Hotkeys = Readonly<Record<string, (() => void) | Command>>;

/**
 * Single keys for the whole screen. They stay silent while someone types, while a dialog or menu is open, with a
 * modifier, and while a key is held down. Enter and Space belong to the control that has the focus.
 */
export const useHotkeys = (hotkeys: Hotkeys): void => {
  const read = useEffectEvent(() => hotkeys);
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const action = hotkeys[event.key];
    if (action === undefined || event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (isTyping(event.target) || document.querySelector(OVERLAYS) !== null) {
      return;
    }
    event.preventDefault();
    (typeof action === "function" ? action : action.run)();
  });

  // Outside systems: the keyboard, and the list the palette reads.
  useEffect(() => {
    readers.add(read);
    document.addEventListener("keydown", onKeyDown);
    return () => {
      readers.delete(read);
      document.removeEventListener("keydown", onKeyDown);
    };
  }, []);
};

/** ⌘K or Ctrl+K, also while someone types; not over another dialog. */
export const usePaletteKey = (open: () => void): void => {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    if (document.querySelector(OVERLAYS) === null) {
      open();
    }
  });

  // Outside system: the keyboard.
  useEffect(() => {
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
};

const readers = new Set<() => Hotkeys>();

/** What can be done on the screen as it is now, with its key. For event handlers: it is read, not watched. */
export const currentCommands = (): readonly (Command & { readonly key: string })[] =>
  [...readers].flatMap((read) =>
    Object.entries(read()).flatMap(([key, action]) => (typeof action === "function" ? [] : [{ key, ...action }])),
  );

const OVERLAYS = ':is([role="dialog"], [role="menu"])[data-open]';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
