import { relayStatusOf } from "#server/services/relay/http-answer.ts";
import { nextRelayCall } from "#server/services/relay/next-call.ts";
import { RelayReport } from "#server/services/relay/note-relay.ts";
import { bearerOf, readRelayBody } from "#server/services/relay/read-relay-body.ts";

/** A relay asks for work; the question is held open until there is some. */
export const POST = async (request: Request): Promise<Response> => {
  try {
    const report = RelayReport.parse(await readRelayBody(request));
    const next = await nextRelayCall({ token: bearerOf(request), report, signal: request.signal });
    return next === null
      ? new Response(null, { status: 204, headers: { "cache-control": "no-store" } })
      : Response.json(next, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    const { status, message } = relayStatusOf(error);
    // A server that stops waits for open connections: the relay comes again on a new one, if there is anybody.
    return Response.json({ error: message }, { status, headers: status === 503 ? { connection: "close" } : {} });
  }
};
