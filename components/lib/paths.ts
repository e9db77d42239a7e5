import type { Route } from "next";

export const CLUB_PAGES = ["inbox", "approvals", "activity", "health", "team"] as const;
export type ClubPage = (typeof CLUB_PAGES)[number];

export const clubPath = (slug: string, page: ClubPage): Route => `/${slug}/${page}` as Route;

/** The inbox with one conversation open, in the view that holds every conversation. */
export const conversationPath = (slug: string, conversationId: string): Route =>
  `/${slug}/inbox?view=all&conversation=${encodeURIComponent(conversationId)}` as Route;
