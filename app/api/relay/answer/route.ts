import { answerRelayCall } from "#server/services/relay/answer-call.ts";
import { relayStatusOf } from "#server/services/relay/http-answer.ts";
import { bearerOf, readRelayBody } from "#server/services/relay/read-relay-body.ts";

/** A relay says how a call ended. */
export const POST = async (request: Request): Promise<Response> => {
  try {
    await answerRelayCall({ token: bearerOf(request), raw: await readRelayBody(request) });
    return Response.json({ ok: true });
  } catch (error) {
    const { status, message } = relayStatusOf(error);
    return Response.json({ error: message }, { status });
  }
};
