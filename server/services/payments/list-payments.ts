import "server-only";

import type { z } from "zod";

import { asId } from "#server/domain/ids.ts";
import type { PaymentStatus, PayRequestKind, PayRequestStatus } from "#server/domain/vocabulary.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { cursorOf, positionOf } from "#server/services/keyset-cursor.ts";

import { ListPaymentsInput, type PaymentRow } from "./schemas.ts";

type Page = { readonly items: readonly PaymentRow[]; readonly nextCursor: string | null };

/** One page of what was paid on requests of ours, latest change first. Payments nobody of ours asked for are not the club's to see here. */
export const listPayments = async (ctx: ServiceContext, raw: z.input<typeof ListPaymentsInput>): Promise<Page> => {
  assertCan(ctx, "payment.read");
  const { contactId, limit, cursor } = ListPaymentsInput.parse(raw);
  const before = cursor === undefined ? null : positionOf(cursor);
  const rows = await withClub(
    ctx,
    (tx) =>
      tx.db.payment.findMany({
        where: {
          clubId: ctx.clubId,
          payRequestId: { not: null },
          ...(contactId === undefined ? {} : { contactId }),
          ...(before === null ? {} : { OR: [{ at: { lt: before.at } }, { at: before.at, id: { lt: before.id } }] }),
        },
        orderBy: [{ at: "desc" }, { id: "desc" }],
        take: limit + 1,
        select: {
          id: true,
          amountMinor: true,
          currency: true,
          status: true,
          at: true,
          contactId: true,
          contact: { select: { displayName: true } },
          request: { select: { id: true, kind: true, status: true, description: true, amountMinor: true } },
        },
      }),
    { fixedNow: ctx.fixedNow },
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.flatMap(({ contact, request, ...row }): PaymentRow[] =>
      request === null
        ? []
        : [
            {
              ...row,
              id: asId("payment", row.id),
              amountMinor: row.amountMinor.toString(),
              status: row.status as PaymentStatus,
              contactId: row.contactId === null ? null : asId("contact", row.contactId),
              payerName: contact?.displayName ?? null,
              request: {
                ...request,
                id: asId("payRequest", request.id),
                kind: request.kind as PayRequestKind,
                status: request.status as PayRequestStatus,
                amountMinor: request.amountMinor.toString(),
              },
            },
          ],
    ),
    nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null,
  };
};
