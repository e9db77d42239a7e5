import type { Route } from "next";

export const CLUB_PAGES = [
  "inbox",
  "approvals",
  "ask",
  "workflows",
  "members",
  "agent",
  "knowledge",
  "activity",
  "health",
  "connections",
  "team",
] as const;
export type ClubPage = (typeof CLUB_PAGES)[number];

export const clubPath = (slug: string, page: ClubPage): Route => `/${slug}/${page}` as Route;

/** The page to try Spotter on, without anything going out. */
export const agentTestPath = (slug: string): Route => `/${slug}/agent/test` as Route;

export const memberImportPath = (slug: string): Route => `/${slug}/members/import` as Route;

export const learningPath = (slug: string): Route => `/${slug}/agent/learning` as Route;

/** The inbox with one conversation open, in the view that holds every conversation. */
export const conversationPath = (slug: string, conversationId: string): Route =>
  `/${slug}/inbox?view=all&conversation=${encodeURIComponent(conversationId)}` as Route;

export const connectionPath = (slug: string, connectionId: string): Route => `/${slug}/connections/${connectionId}` as Route;

/** The catalogue of vendors, or the form of one. */
export const connectPath = (slug: string, provider?: string): Route =>
  `/${slug}/connections/new${provider === undefined ? "" : `/${provider}`}` as Route;

export const workflowPath = (slug: string, workflowId: string, tab?: string): Route =>
  `/${slug}/workflows/${workflowId}${tab === undefined ? "" : `?tab=${tab}`}` as Route;

/** One run of a workflow, live while it goes on. */
export const workflowRunPath = (slug: string, runId: string): Route => `/${slug}/workflows/runs/${runId}` as Route;

/** What a franchise answers for before anything goes out uninvited. */
export const sendingPath = (slug: string): Route => `/${slug}/workflows/sending` as Route;

/** The texts that workflows fill and send. */
export const workflowTextsPath = (slug: string): Route => `/${slug}/workflows/texts` as Route;
