import { refuseUnlessOwnPage } from "#server/auth/refuse-foreign.ts";
import { requestContext } from "#server/trpc/init.ts";
import { appRouter } from "#server/trpc/root.ts";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";

/** A screen asks for about ten things at once; a longer batch is somebody multiplying the cost of one request. */
const MAX_BATCH_SIZE = 30;

const handle = (request: Request): Promise<Response> =>
  fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    maxBatchSize: MAX_BATCH_SIZE,
    createContext: () => requestContext({ isOwnPage: refuseUnlessOwnPage(request) === null }),
    responseMeta: () => ({ headers: { "cache-control": "no-store" } }),
  });

export { handle as GET, handle as POST };
