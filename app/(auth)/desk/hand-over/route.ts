import { deskToken } from "#server/auth/desk.ts";
import { refuseUnlessOwnPage } from "#server/auth/refuse-foreign.ts";
import { handOverDesk } from "#server/services/desks/hand-over.ts";

/** Locks the shared computer that asks. */
export const POST = async (request: Request): Promise<Response> => refuseUnlessOwnPage(request) ?? handOver(request);

const handOver = async (request: Request): Promise<Response> => {
  const token = await deskToken();
  if (token !== null) {
    await handOverDesk(token, { requestId: request.headers.get("x-request-id") });
  }
  return Response.json({});
};
