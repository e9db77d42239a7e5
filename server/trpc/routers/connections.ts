import "server-only";

import { archiveConnection, ArchiveConnectionInput } from "#server/services/connections/archive-connection.ts";
import { ConnectionInput } from "#server/services/connections/connection-row.ts";
import { createConnection, CreateConnectionInput } from "#server/services/connections/create-connection.ts";
import { getConnection } from "#server/services/connections/get-connection.ts";
import { listConnectionHealth } from "#server/services/connections/list-connection-health.ts";
import { listProviders } from "#server/services/connections/list-providers.ts";
import { pauseConnection, PauseConnectionInput } from "#server/services/connections/pause-connection.ts";
import { resumeConnection } from "#server/services/connections/resume-connection.ts";
import { testConnection } from "#server/services/connections/test-connection.ts";
import { updateConnection, UpdateConnectionInput } from "#server/services/connections/update-connection.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const connectionsRouter = router({
  health: clubProcedure.query(({ ctx }) => listConnectionHealth(ctx.service)),
  providers: clubProcedure.query(({ ctx }) => listProviders(ctx.service)),
  get: clubProcedure.input(ConnectionInput).query(({ ctx, input }) => getConnection(ctx.service, input)),
  create: clubProcedure.input(CreateConnectionInput).mutation(({ ctx, input }) => createConnection(ctx.service, input)),
  test: clubProcedure.input(ConnectionInput).mutation(({ ctx, input }) => testConnection(ctx.service, input)),
  update: clubProcedure.input(UpdateConnectionInput).mutation(({ ctx, input }) => updateConnection(ctx.service, input)),
  pause: clubProcedure.input(PauseConnectionInput).mutation(({ ctx, input }) => pauseConnection(ctx.service, input)),
  resume: clubProcedure.input(ConnectionInput).mutation(({ ctx, input }) => resumeConnection(ctx.service, input)),
  archive: clubProcedure.input(ArchiveConnectionInput).mutation(({ ctx, input }) => archiveConnection(ctx.service, input)),
});
