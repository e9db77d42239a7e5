import "server-only";

import { z } from "zod";

import { certificateChanged } from "#server/connectors/_shared/pinned-agent.ts";
import { ConnectorError, HttpFailure } from "#server/connectors/errors.ts";
import type { HttpResponse } from "#server/connectors/ports.ts";

/** How a relay says a call ended; the same words as in relay/controller.mjs. */
export const RelayOutcome = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("answer"),
    status: z.int().min(100).max(599),
    headers: z.record(z.string().regex(/^[a-z-]{1,40}$/), z.string().max(400)),
    text: z.string(),
  }),
  z.object({
    kind: z.literal("failed"),
    reason: z.enum(["refused", "not_sent", "certificate_changed", "timed_out", "broken", "too_large"]),
  }),
]);
export type RelayOutcome = z.infer<typeof RelayOutcome>;

/** @throws what the connector would have met on its own way to the controller */
export const responseOf = (outcome: RelayOutcome, path: string): HttpResponse => {
  if (outcome.kind === "answer") {
    return { status: outcome.status, headers: new Headers(outcome.headers), text: outcome.text, url: path };
  }
  if (outcome.reason === "refused") {
    throw new ConnectorError("rejected", "the relay at the club does not make this call", { reason: "not_allowed" });
  }
  if (outcome.reason === "certificate_changed") {
    throw certificateChanged();
  }
  throw new HttpFailure(outcome.reason, "the relay got no complete answer from the controller");
};
