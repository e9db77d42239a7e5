import "server-only";

import { createCaller, router } from "./init.ts";
import { accountRouter } from "./routers/account.ts";
import { aiActionsRouter } from "./routers/ai-actions.ts";
import { alertsRouter } from "./routers/alerts.ts";
import { approvalsRouter } from "./routers/approvals.ts";
import { askRouter } from "./routers/ask.ts";
import { automationsRouter } from "./routers/automations.ts";
import { clubsRouter } from "./routers/clubs.ts";
import { connectionsRouter } from "./routers/connections.ts";
import { conversationsRouter } from "./routers/conversations.ts";
import { emergencyStopRouter } from "./routers/emergency-stop.ts";
import { desksRouter } from "./routers/desks.ts";
import { escalationsRouter } from "./routers/escalations.ts";
import { firstRunRouter } from "./routers/first-run.ts";
import { importsRouter } from "./routers/imports.ts";
import { externalUsersRouter } from "./routers/external-users.ts";
import { knowledgeRouter } from "./routers/knowledge.ts";
import { learningRouter } from "./routers/learning.ts";
import { liveRouter } from "./routers/live.ts";
import { membersRouter } from "./routers/members.ts";
import { messagesRouter } from "./routers/messages.ts";
import { noticesRouter } from "./routers/notices.ts";
import { notificationsRouter } from "./routers/notifications.ts";
import { pastDueRouter } from "./routers/past-due.ts";
import { paymentsRouter } from "./routers/payments.ts";
import { policiesRouter } from "./routers/policies.ts";
import { rehearsalsRouter } from "./routers/rehearsals.ts";
import { relayRouter } from "./routers/relay.ts";
import { reportsRouter } from "./routers/reports.ts";
import { sendingRouter } from "./routers/sending.ts";
import { snippetsRouter } from "./routers/snippets.ts";
import { teamRouter } from "./routers/team.ts";
import { usageRouter } from "./routers/usage.ts";
import { workflowsRouter } from "./routers/workflows.ts";

export const appRouter = router({
  account: accountRouter,
  aiActions: aiActionsRouter,
  alerts: alertsRouter,
  approvals: approvalsRouter,
  ask: askRouter,
  automations: automationsRouter,
  clubs: clubsRouter,
  connections: connectionsRouter,
  conversations: conversationsRouter,
  desks: desksRouter,
  emergencyStop: emergencyStopRouter,
  escalations: escalationsRouter,
  firstRun: firstRunRouter,
  imports: importsRouter,
  externalUsers: externalUsersRouter,
  knowledge: knowledgeRouter,
  learning: learningRouter,
  live: liveRouter,
  members: membersRouter,
  messages: messagesRouter,
  notices: noticesRouter,
  notifications: notificationsRouter,
  pastDue: pastDueRouter,
  payments: paymentsRouter,
  policies: policiesRouter,
  rehearsals: rehearsalsRouter,
  relay: relayRouter,
  reports: reportsRouter,
  sending: sendingRouter,
  snippets: snippetsRouter,
  team: teamRouter,
  usage: usageRouter,
  workflows: workflowsRouter,
});

export type AppRouter = typeof appRouter;

/** The procedures as plain functions, for tests. */
export const callerFor = createCaller(appRouter);
