"use client";

import { usePathname } from "next/navigation";

import { useClub, useMay } from "#components/lib/club.tsx";
import { CLUB_PAGES, clubPath, DESK_PAGES, type ClubPage } from "#components/lib/paths.ts";

/** The pages the signed-in person may open, in the order of the rail. */
export const usePages = (): readonly ClubPage[] => {
  const { isAtDesk } = useClub();
  const mayAsk = useMay("ask.use");
  const mayReport = useMay("report.read");
  const pages = isAtDesk ? DESK_PAGES : CLUB_PAGES;
  return pages.filter((page) => (page !== "ask" || mayAsk) && (page !== "dashboard" || mayReport));
};

/** Whether this page is one that a PIN opens at a shared computer. */
export const useIsDeskPage = (): boolean => {
  const pathname = usePathname();
  const { slug } = useClub();
  return DESK_PAGES.some((page) => pathname === clubPath(slug, page) || pathname.startsWith(`${clubPath(slug, page)}/`));
};
