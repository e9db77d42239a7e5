import { readBody } from "#server/services/http/read-body.ts";
import { statusOf } from "#server/services/messages/webhook-status.ts";
import { receiveWebhook, WEBHOOK_MAX_BYTES } from "#server/services/messages/receive-webhook.ts";

/** Verify on the raw bytes, store, answer. Everything else happens after the answer. */
export const POST = async (request: Request, { params }: RouteContext<"/api/webhooks/[provider]/[connection]">): Promise<Response> => {
  const { provider, connection } = await params;
  const rawBody = await readBody(request, WEBHOOK_MAX_BYTES);
  if (rawBody === null) {
    return Response.json({ error: "the body is too large" }, { status: 413 });
  }
  try {
    const { pathname, search } = new URL(request.url);
    const { reply } = await receiveWebhook({
      provider,
      connectionId: connection,
      path: `${pathname}${search}`,
      headers: Object.fromEntries(request.headers),
      rawBody,
    });
    return reply === null ? Response.json({ ok: true }) : new Response(reply.body, { headers: { "content-type": reply.contentType } });
  } catch (error) {
    const { status, message } = statusOf(error);
    return Response.json({ error: message }, { status });
  }
};
