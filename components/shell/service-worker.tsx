"use client";

import { useEffect } from "react";

/** An installed Spotter has a page of its own for the time without a connection; a tab of a browser has the browser's. */
export const ServiceWorker = () => {
  useEffect(() => {
    // The browser's own registry of workers.
    if ("serviceWorker" in navigator && globalThis.matchMedia("(display-mode: standalone)").matches) {
      void navigator.serviceWorker.register("/service-worker.js").catch(() => undefined);
    }
  }, []);
  return null;
};
