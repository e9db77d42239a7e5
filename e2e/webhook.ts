import type { DemoClub } from "../prisma/demo.ts";

import { sign } from "#local/vendors/openphone/webhooks.ts";

import { APP_URL } from "./stack.ts";

type Call = { readonly body: string; /** The club's own when absent. */ readonly key?: string };

/** Calls the webhook of a club as OpenPhone would, and returns the status of the answer. */
export const callWebhook = async (club: DemoClub, { body, key = club.openPhone.webhookKey }: Call): Promise<number> => {
  const id = `msg_${crypto.randomUUID().replaceAll("-", "")}`;
  const timestamp = Math.floor(Date.now() / 1_000).toString();
  const response = await fetch(`${APP_URL}/api/webhooks/openphone/${club.connections.openPhone}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${sign({ key, id, timestamp, body })}`,
    },
    body,
  });
  await response.arrayBuffer();
  return response.status;
};
