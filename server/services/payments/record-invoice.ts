import "server-only";

import type { VendorEvent } from "#server/connectors/webhook.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type Input = { readonly connectionId: string; readonly event: Extract<VendorEvent, { kind: "invoice" }> };

/** Words after which nobody will pay an invoice any more; a vendor takes neither back. */
const ENDED: ReadonlySet<string> = new Set(["cancelled", "failed"]);

/** An invoice of ours that was withdrawn at the vendor is not waited for. That one is paid is told by its payments. */
export const recordInvoice = async (tx: ServiceTx, ctx: ServiceContext, { connectionId, event }: Input): Promise<void> => {
  if (!ENDED.has(event.status)) {
    return;
  }
  const where = { clubId: ctx.clubId, connectionId, kind: "invoice", vendorReference: event.externalId, status: "open" };
  const request = await tx.db.payRequest.findFirst({ where, select: { id: true } });
  const { count } =
    request === null
      ? { count: 0 }
      : await tx.db.payRequest.updateMany({ where: { ...where, id: request.id }, data: { status: "cancelled", updatedAt: tx.now } });
  if (request !== null && count > 0) {
    await recordAudit(tx, ctx, { action: "payment.withdrawn", entityId: request.id, details: { by: "vendor" } });
    tx.news.changes.push({ topic: "club" });
  }
};
