import "server-only";

import { z } from "zod";

import type { JsonValue, NoteStore } from "#server/connectors/ports.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

type Scope = Pick<ServiceContext, "franchiseId" | "clubId">;

const Value: z.ZodType<JsonValue> = z.json();

/** What a connector must still know after a restart, as rows of its connection. Each call is a transaction of its own. */
export const connectorNotes = ({ franchiseId, clubId }: Scope, connectionId: string): NoteStore => ({
  read: (name) =>
    withClub({ franchiseId, clubId }, async (tx) => {
      const row = await tx.db.connectorNote.findFirst({ where: { clubId, connectionId, name }, select: { value: true } });
      return row === null ? null : Value.parse(row.value);
    }),
  write: (name, value) =>
    withClub({ franchiseId, clubId }, async (tx) => {
      if (value === null) {
        await tx.db.connectorNote.deleteMany({ where: { clubId, connectionId, name } });
        return;
      }
      await tx.db.$executeRaw`
        insert into "ConnectorNote" (id, "franchiseId", "clubId", "connectionId", name, value, "updatedAt")
        values (${newId("connectorNote")}, ${franchiseId}, ${clubId}, ${connectionId}, ${name}, ${JSON.stringify(value)}::jsonb, ${tx.now})
        on conflict ("clubId", "connectionId", name) do update set value = excluded.value, "updatedAt" = excluded."updatedAt"`;
    }),
});
