import { readRelayBody } from "#server/services/relay/read-relay-body.ts";
import { relayStatusOf } from "#server/services/relay/http-answer.ts";
import { pairRelay } from "#server/services/relay/pair-relay.ts";

/** A relay trades the code that a person typed for its token. */
export const POST = async (request: Request): Promise<Response> => {
  try {
    const paired = await pairRelay(await readRelayBody(request));
    return Response.json(paired, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    const { status, message } = relayStatusOf(error);
    return Response.json({ error: message }, { status });
  }
};
