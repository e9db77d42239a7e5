import type { inferRouterOutputs } from "@trpc/server";

import type { Role } from "#server/domain/vocabulary.ts";
import type { AppRouter } from "#server/trpc/root.ts";

export type Team = inferRouterOutputs<AppRouter>["team"]["get"];
export type TeamPerson = Team["people"][number];
export type TeamInvitation = Team["invitations"][number];
export type TeamScope = TeamPerson["scope"];

export const SCOPE_LABELS = { club: "This club", franchise: "Every club" } as const satisfies Record<TeamScope, string>;

/** What each role is for, in one line. */
export const ROLE_HINTS = {
  staff: "Answers members, rates and edits drafts, takes over conversations.",
  manager: "Also invites staff and may stop Spotter in the club.",
  owner: "Everything, in every club: connections, policy, people.",
} as const satisfies Record<Role, string>;
