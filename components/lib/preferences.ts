"use client";

import { useSyncExternalStore } from "react";

/** Choices of one browser, kept in its local storage. All of them are off or unset at first. */
const KEYS = { needsYouSound: "spotter.needs-you-sound" } as const;

type SwitchName = keyof typeof KEYS;

/** A switch the user may turn on, shared by every component that asks and by other tabs. */
export const useSwitch = (name: SwitchName): readonly [boolean, (isOn: boolean) => void] => {
  const isOn = useSyncExternalStore(
    subscribe,
    () => read(name),
    () => false,
  );
  return [isOn, (next) => write(name, next)];
};

const listeners = new Set<() => void>();

const read = (name: SwitchName): boolean => window.localStorage.getItem(KEYS[name]) === "on";

const write = (name: SwitchName, isOn: boolean): void => {
  window.localStorage.setItem(KEYS[name], isOn ? "on" : "off");
  for (const listener of listeners) {
    listener();
  }
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
};
