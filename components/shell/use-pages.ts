"use client";

import { useMay } from "#components/lib/club.tsx";
import { CLUB_PAGES, type ClubPage } from "#components/lib/paths.ts";

/** The pages the signed-in person may open, in the order of the rail. */
export const usePages = (): readonly ClubPage[] => {
  const mayAsk = useMay("ask.use");
  const mayReport = useMay("report.read");
  return CLUB_PAGES.filter((page) => (page !== "ask" || mayAsk) && (page !== "dashboard" || mayReport));
};
