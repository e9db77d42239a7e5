import "server-only";

import { z } from "zod";

import { idSchema } from "#server/domain/ids.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, systemContext } from "#server/services/context.ts";

import { findRelay } from "./internal.ts";
import { noteRelay, RelayReport } from "./note-relay.ts";
import { RelayOutcome } from "./outcome.ts";
import { callKey, wake } from "./wake.ts";

const AnswerInput = z.object({
  id: idSchema("relayCall"),
  outcome: RelayOutcome,
  /** With it comes what the relay has just found out about the controller. */
  report: RelayReport.optional(),
});

/**
 * Takes a relay's answer to a call it was handed. Quiet for one that was answered before or is no longer waited for:
 * the relay cannot do anything about that.
 * @throws `forbidden` for a relay that is not paired
 */
export const answerRelayCall = async ({ token, raw }: { readonly token: string; readonly raw: unknown }): Promise<void> => {
  const relay = await findRelay(token);
  const ctx = systemContext(relay, { job: "relay" });
  assertCan(ctx, "relay.serve");
  const { id, outcome, report } = AnswerInput.parse(raw);
  if (report !== undefined) {
    await noteRelay(ctx, { relay, report });
  }
  await inTransaction(ctx, (tx) =>
    tx.db.relayCall.updateMany({
      where: { id, clubId: ctx.clubId, relayId: relay.id, status: "handed" },
      data: { status: "answered", outcome, answeredAt: tx.now, body: null },
    }),
  );
  wake(callKey(id));
};
