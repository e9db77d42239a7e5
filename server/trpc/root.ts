import "server-only";

import { createCaller, router } from "./init.ts";
import { aiActionsRouter } from "./routers/ai-actions.ts";
import { alertsRouter } from "./routers/alerts.ts";
import { approvalsRouter } from "./routers/approvals.ts";
import { clubsRouter } from "./routers/clubs.ts";
import { connectionsRouter } from "./routers/connections.ts";
import { conversationsRouter } from "./routers/conversations.ts";
import { emergencyStopRouter } from "./routers/emergency-stop.ts";
import { liveRouter } from "./routers/live.ts";
import { messagesRouter } from "./routers/messages.ts";
import { teamRouter } from "./routers/team.ts";

export const appRouter = router({
  aiActions: aiActionsRouter,
  alerts: alertsRouter,
  approvals: approvalsRouter,
  clubs: clubsRouter,
  connections: connectionsRouter,
  conversations: conversationsRouter,
  emergencyStop: emergencyStopRouter,
  live: liveRouter,
  messages: messagesRouter,
  team: teamRouter,
});

export type AppRouter = typeof appRouter;

/** The procedures as plain functions, for tests. */
export const callerFor = createCaller(appRouter);
