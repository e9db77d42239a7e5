import "server-only";

import type { Tx } from "#server/platform/tenant.ts";

type Place = { readonly clubId: string; readonly runId: string };

/** Whoever a run may have spoken of: the contact, and the records that belong to it. */
export const namesInRun = async (tx: Tx, { clubId, runId }: Place): Promise<readonly string[]> => {
  const rows = await tx.db.$queryRaw<{ name: string }[]>`
    select distinct person.name
    from "AgentRun" r
    join "Conversation" v on v.id = r."conversationId" and v."clubId" = r."clubId"
    join "Contact" c on c.id = v."contactId" and c."clubId" = r."clubId"
    left join "Member" m on m."contactId" = c.id and m."clubId" = r."clubId"
    cross join lateral (values (c."displayName"), (m."firstName" || ' ' || m."lastName")) as person(name)
    where r.id = ${runId} and r."clubId" = ${clubId} and person.name is not null`;
  return rows.map(({ name }) => name);
};
