import { statusOf } from "#server/services/messages/webhook-status.ts";
import { receiveWebhook, WEBHOOK_MAX_BYTES } from "#server/services/messages/receive-webhook.ts";

/** Verify on the raw bytes, store, answer. Everything else happens after the answer. */
export const POST = async (request: Request, { params }: RouteContext<"/api/webhooks/openphone/[connection]">): Promise<Response> => {
  const { connection } = await params;
  const length = Number(request.headers.get("content-length") ?? 0);
  if (length > WEBHOOK_MAX_BYTES) {
    return Response.json({ error: "the body is too large" }, { status: 413 });
  }
  const rawBody = new Uint8Array(await request.arrayBuffer());
  if (rawBody.byteLength > WEBHOOK_MAX_BYTES) {
    return Response.json({ error: "the body is too large" }, { status: 413 });
  }
  try {
    await receiveWebhook({ provider: "openphone", connectionId: connection, headers: Object.fromEntries(request.headers), rawBody });
    return Response.json({ ok: true });
  } catch (error) {
    const { status, message } = statusOf(error);
    return Response.json({ error: message }, { status });
  }
};
