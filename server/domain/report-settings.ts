import { z } from "zod";

import type { WorkflowKind } from "./workflows/kinds.ts";

/** More people than run a club. */
const EMAILS_MAX = 5;

/** Whom the reports of a club's workflows reach besides the page, and by which way. */
export const ReportSettings = z.strictObject({
  /** Where reports go by e-mail; the phone stands with the club. */
  emails: z
    .array(z.email({ error: "this is no e-mail address" }).max(200))
    .max(EMAILS_MAX, `at most ${EMAILS_MAX} addresses`)
    .transform((addresses) => [...new Set(addresses.map((address) => address.trim().toLowerCase()))]),
  notifyOnEscalation: z.boolean(),
  notifyOnReferral: z.boolean(),
  bySms: z.boolean(),
  byEmail: z.boolean(),
  /** The team's channels, such as Slack. */
  byTeam: z.boolean(),
});
export type ReportSettings = z.output<typeof ReportSettings>;

export const DEFAULT_REPORT_SETTINGS: ReportSettings = {
  emails: [],
  notifyOnEscalation: true,
  notifyOnReferral: true,
  bySms: true,
  byEmail: true,
  byTeam: true,
};

/** Whether a report of this kind of work goes out to people at all; which runs have one is the work's own matter. */
export const isToldOf = (kind: WorkflowKind, { notifyOnEscalation, notifyOnReferral }: ReportSettings): boolean => {
  switch (kind) {
    case "escalation":
      return notifyOnEscalation;
    case "referral":
      return notifyOnReferral;
    default:
      return true;
  }
};
