import type { Route } from "next";

import type { Segment } from "#server/domain/workflows/segment.ts";

export const CLUB_PAGES = [
  "inbox",
  "approvals",
  "dashboard",
  "ask",
  "workflows",
  "members",
  "agent",
  "knowledge",
  "activity",
  "health",
  "connections",
  "team",
  "settings",
] as const;
export type ClubPage = (typeof CLUB_PAGES)[number];

/** What a PIN opens at a shared computer. */
export const DESK_PAGES: readonly ClubPage[] = ["inbox", "approvals", "members", "knowledge", "activity"];

export const clubPath = (slug: string, page: ClubPage): Route => `/${slug}/${page}` as Route;

/** An address that was put together, or asked for before: a path of the app and of nowhere else. */
export const routeOf = (address: string): Route => `/${address.replace(/^\/+/, "")}` as Route;

/** One page of the settings. */
export const settingsPath = (slug: string, page: "me" | "notifications" | "escalation" | "desk" | "franchise"): Route =>
  `/${slug}/settings/${page}` as Route;

/** Where a club begins. */
export const clubStartPath = (slug: string): Route => `/${slug}` as Route;

/** Setting a new club up, at one of its steps or one of its questions. */
export const firstRunPath = (slug: string, at: { readonly step?: string; readonly question?: string } = {}): Route => {
  const search = new URLSearchParams(at).toString();
  return `/${slug}/first-run${search === "" ? "" : `?${search}`}` as Route;
};

export const articlePath = (slug: string, articleId: string): Route =>
  `/${slug}/knowledge?article=${encodeURIComponent(articleId)}` as Route;

/** The page to try Spotter on, without anything going out. */
export const agentTestPath = (slug: string): Route => `/${slug}/agent/test` as Route;

export const memberImportPath = (slug: string): Route => `/${slug}/members/import` as Route;

/** One person of the club, member or prospect. */
export const personPath = (slug: string, contactId: string): Route => `/${slug}/members/${contactId}` as Route;

export const learningPath = (slug: string): Route => `/${slug}/agent/learning` as Route;

/** The inbox with one conversation open, in the view that holds every conversation. */
export const conversationPath = (slug: string, conversationId: string): Route =>
  `/${slug}/inbox?view=all&conversation=${encodeURIComponent(conversationId)}` as Route;

/** One attempt of Spotter on one message, step by step. */
export const agentRunPath = (slug: string, runId: string): Route => `/${slug}/activity/runs/${runId}` as Route;

export const connectionPath = (slug: string, connectionId: string): Route => `/${slug}/connections/${connectionId}` as Route;

/** The catalogue of vendors, or the form of one. */
export const connectPath = (slug: string, provider?: string): Route =>
  `/${slug}/connections/new${provider === undefined ? "" : `/${provider}`}` as Route;

export const workflowPath = (slug: string, workflowId: string, tab?: string): Route =>
  `/${slug}/workflows/${workflowId}${tab === undefined ? "" : `?tab=${tab}`}` as Route;

/** Where an owner writes a task of their own, or begins with a copy of a built-in workflow. */
export const newTaskPath = (slug: string, from?: string): Route =>
  `/${slug}/workflows/new${from === undefined ? "" : `?from=${from}`}` as Route;

/** One run of a workflow, live while it goes on. */
export const workflowRunPath = (slug: string, runId: string): Route => `/${slug}/workflows/runs/${runId}` as Route;

/** What a franchise answers for before anything goes out uninvited. */
export const sendingPath = (slug: string): Route => `/${slug}/workflows/sending` as Route;

/** The texts that workflows fill and send. */
export const workflowTextsPath = (slug: string): Route => `/${slug}/workflows/texts` as Route;

/** The form of a new campaign, begun with these people. */
export const campaignForPath = (slug: string, segment: Segment): Route =>
  `/${slug}/workflows/campaigns/new?segment=${encodeURIComponent(JSON.stringify(segment))}` as Route;

/** The owner's own campaigns, and one of them. */
export const campaignsPath = (slug: string): Route => `/${slug}/workflows/campaigns` as Route;
export const newCampaignPath = (slug: string): Route => `/${slug}/workflows/campaigns/new` as Route;
export const campaignPath = (slug: string, workflowId: string, tab?: string): Route =>
  `/${slug}/workflows/campaigns/${workflowId}${tab === undefined ? "" : `?tab=${tab}`}` as Route;

/** The page of a workflow: campaigns have their own. */
export const workflowPageOf = (slug: string, { id, kind }: { readonly id: string; readonly kind: string }, tab?: string): Route =>
  kind === "campaign" ? campaignPath(slug, id, tab) : workflowPath(slug, id, tab);

/** The ready sequences, and one of them by its name. */
export const sequencesPath = (slug: string): Route => `/${slug}/workflows/sequences` as Route;
export const sequencePath = (slug: string, name: string): Route => `/${slug}/workflows/sequences/${name}` as Route;

/** Whom the reports of the workflows reach. */
export const reportPeoplePath = (slug: string): Route => `/${slug}/workflows/reports` as Route;

/** Everybody who owes, and one of them opened. */
export const pastDuePath = (slug: string, contactId?: string): Route =>
  `/${slug}/workflows/past-due${contactId === undefined ? "" : `?person=${encodeURIComponent(contactId)}`}` as Route;
