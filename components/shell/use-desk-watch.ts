"use client";

import { useEffect } from "react";

import { DESK_IDLE_MINUTES } from "#server/domain/desk.ts";

const IDLE_MS = DESK_IDLE_MINUTES * 60_000;
/** The server hears so often at most that somebody is still there; a small part of the time after which it locks. */
const TELL_EVERY_MS = 30_000;
/** Where the tabs of this browser hear of each other: one person stands at all of them. */
const KEY = "spotter.desk";

type News = "used" | "locked";

/** The others hear of a value that is new only. */
const tellTabs = (news: News): void => window.localStorage.setItem(KEY, `${news} ${crypto.randomUUID()}`);

/** Shows the names. What was on the screen is gone with its document. */
const leave = (): void => {
  const back = `${window.location.pathname}${window.location.search}`;
  window.location.replace(`/desk?next=${encodeURIComponent(back)}`);
};

const handOver = async (): Promise<void> => {
  // Where the server is out of reach it locks by its own clock; this screen is left in any case.
  await fetch("/desk/hand-over", { method: "POST" }).catch(() => undefined);
  tellTabs("locked");
  leave();
};

/** Answers false where the desk was locked or turned off meanwhile; a server out of reach says nothing of that. */
const isStillOpen = async (): Promise<boolean> => {
  try {
    const answer = await fetch("/desk/used", { method: "POST" });
    const body: unknown = await answer.json();
    return !answer.ok || (typeof body === "object" && body !== null && "isOpen" in body && body.isOpen === true);
  } catch {
    return true;
  }
};

/**
 * Asks for a PIN again once nobody has pressed or typed anything for a while; the server decides the same by its own clock.
 * @returns hands the desk over at once, in every tab
 */
export const useDeskWatch = (): (() => Promise<void>) => {
  // Outside systems: the keyboard, the pointer, the other tabs and the server's idea of when the desk was used last.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let toldAtMs = Number.NEGATIVE_INFINITY;
    const begin = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void handOver(), IDLE_MS);
    };
    const tell = async (): Promise<void> => {
      begin();
      tellTabs("used");
      if (!(await isStillOpen())) {
        leave();
      }
    };
    const onUse = ({ timeStamp }: Event): void => {
      if (timeStamp - toldAtMs >= TELL_EVERY_MS) {
        toldAtMs = timeStamp;
        void tell();
      }
    };
    // After a night's sleep the computer shows yesterday's page; a page that the browser kept and brings back was left.
    const onVisible = (): void => (document.visibilityState === "visible" ? void tell() : undefined);
    const onShow = (event: PageTransitionEvent): void => (event.persisted ? window.location.reload() : undefined);
    const onTabs = ({ key, newValue }: StorageEvent): void => {
      if (key === KEY) {
        (newValue?.startsWith("locked") === true ? leave : begin)();
      }
    };
    void tell();
    window.addEventListener("pointerdown", onUse);
    window.addEventListener("keydown", onUse);
    window.addEventListener("pageshow", onShow);
    window.addEventListener("storage", onTabs);
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pointerdown", onUse);
      window.removeEventListener("keydown", onUse);
      window.removeEventListener("pageshow", onShow);
      window.removeEventListener("storage", onTabs);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, []);

  return handOver;
};
