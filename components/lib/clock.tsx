"use client";

import { createContext, use, useMemo, useSyncExternalStore } from "react";
import type { ReactNode } from "react";

import type { Clock } from "#components/lib/format.ts";

/** Relative times are whole minutes, so a tick of a quarter minute is never visibly late. */
const TICK_MS = 15_000;

type Frame = { readonly zone: string; readonly renderedAtMs: number };

const FrameContext = createContext<Frame>({ zone: "UTC", renderedAtMs: 0 });

/**
 * Gives every relative time below it the club's zone and one shared clock.
 * @param renderedAtMs the server's clock, used for the first paint so that server and browser agree
 */
export const ClockProvider = ({ zone, renderedAtMs, children }: Frame & { readonly children: ReactNode }) => (
  <FrameContext value={{ zone, renderedAtMs }}>{children}</FrameContext>
);

export const useClock = (): Clock => {
  const { zone, renderedAtMs } = use(FrameContext);
  const nowMs = useSyncExternalStore(subscribe, readNowMs, () => renderedAtMs);
  return useMemo(() => ({ now: new Date(nowMs), zone }), [nowMs, zone]);
};

export const useZone = (): string => use(FrameContext).zone;

let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

const readNowMs = (): number => nowMs;

const tick = (): void => {
  nowMs = Date.now();
  for (const listener of listeners) {
    listener();
  }
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
};
