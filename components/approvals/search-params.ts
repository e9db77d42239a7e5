import { parseAsString, parseAsStringLiteral } from "nuqs/server";

import { DECIDED_STATUSES } from "#server/domain/inbox-view.ts";

export const APPROVAL_TABS = ["waiting", "decided"] as const;

/** Which approvals are on the screen lives in the address bar. */
export const approvalParams = {
  tab: parseAsStringLiteral(APPROVAL_TABS).withDefault("waiting"),
  status: parseAsStringLiteral(DECIDED_STATUSES),
  by: parseAsString,
  from: parseAsString,
  until: parseAsString,
};
