"use client";

import { useEffect, useState } from "react";

/** Chosen by us: a pause in the typing, after which a question is worth asking. */
const PAUSE_MS = 400;

/** A value once it has stood still for a moment, so that the server is not asked with every letter. */
export const useSettled = <T>(value: T): T => {
  const [settled, setSettled] = useState(value);
  // Outside system: the browser's timer.
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [value]);
  return settled;
};
