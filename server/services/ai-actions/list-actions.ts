import "server-only";

import { ActivityFilter } from "#server/domain/activity-filter.ts";
import type { Id } from "#server/domain/ids.ts";
import type { ActionRow } from "#server/domain/inbox-view.ts";
import { withClub } from "#server/platform/tenant.ts";
import { actionConditions } from "#server/services/ai-actions/action-conditions.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { z } from "zod";

const PAGE_SIZE = 50;

export const ListActionsInput = ActivityFilter.extend({
  /** Number of the last row shown, as a decimal string. */
  cursor: z
    .string()
    .regex(/^\d{1,18}$/, "not a number of the ledger")
    .nullish(),
});

type ActionPage = { readonly items: readonly ActionRow[]; readonly nextCursor: string | null };

type Row = Omit<ActionRow, "id" | "sequence" | "costMicros"> & {
  readonly id: Id<"aiAction">;
  readonly sequence: bigint;
  readonly costMicros: bigint;
};

/** One page of the club's ledger, newest row first; a search looks into what happened and with whom. */
export const listActions = async (ctx: ServiceContext, raw: z.input<typeof ListActionsInput>): Promise<ActionPage> => {
  assertCan(ctx, "action.read");
  const { cursor, ...filter } = ListActionsInput.parse(raw);
  const before = typeof cursor === "string" ? BigInt(cursor) : null;
  const rows = await withClub(
    ctx,
    async (tx) => {
      const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
      const conditions = actionConditions(filter, { clubId: ctx.clubId, timeZone });
      return tx.db.$queryRaw<Row[]>`
      select a.id, a.sequence, a.kind, a.summary, a.outcome, a."conversationId", a."agentRunId", contact."displayName" as "contactName",
             a."policyVersion", a.model, a."costMicros", a."actorKind", person.name as "actorName",
             desk.name as "deskName", a."createdAt"
      from (select * from "AiAction" where "clubId" = ${ctx.clubId} and sequence < coalesce(${before}::bigint, 9223372036854775807) ${conditions}
            order by sequence desc limit ${PAGE_SIZE + 1}) a
      left join "Conversation" c on c.id = a."conversationId" and c."clubId" = a."clubId"
      left join "Contact" contact on contact.id = c."contactId" and contact."clubId" = a."clubId"
      left join "User" person on a."actorKind" = 'staff' and person.id = a."actorId"
      left join "Desk" desk on desk.id = a.inputs ->> 'deskId' and desk."clubId" = a."clubId"
      order by a.sequence desc`;
    },
    { fixedNow: ctx.fixedNow },
  );
  const items = rows.slice(0, PAGE_SIZE).map((row) => ({ ...row, sequence: row.sequence.toString(), costMicros: Number(row.costMicros) }));
  return { items, nextCursor: rows.length > PAGE_SIZE ? (items.at(-1)?.sequence ?? null) : null };
};
