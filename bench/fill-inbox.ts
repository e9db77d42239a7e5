import pg from "pg";
import { z } from "zod";

/** Ids of the bench begin where no real one is. */
const idOf = (prefix: string): string => `'${prefix}_7bench' || lpad(to_hex(n), 20, '0')`;

type Filling = { readonly clubId: string; readonly conversationCount: number; readonly messageCount: number };

/**
 * So many conversations of one club, a minute apart, and so many messages in the newest of them; put in as the owner of the tables.
 * Returns the newest one's id.
 */
export const fillInbox = async (ownerUrl: string, { clubId, conversationCount, messageCount }: Filling): Promise<string> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const people = `select ${idOf("ct")}, c."franchiseId", c.id, 'Person ' || n, now(), now() from "Club" c, generate_series(1, $2::int) as n where c.id = $1`;
    await client.query(`insert into "Contact" (id, "franchiseId", "clubId", "displayName", "createdAt", "updatedAt") ${people}`, [
      clubId,
      conversationCount,
    ]);
    await client.query(
      `insert into "Conversation" (id, "franchiseId", "clubId", "channelId", "contactId", status, "handledBy", "lastMessageAt", "lastMessagePreview",
         "messageSequence", "inboundSequence", "createdAt", "updatedAt")
       select ${idOf("conv")}, h."franchiseId", h."clubId", h.id, ${idOf("ct")}, 'open', 'agent', now() - n * interval '1 minute',
         'What time do you close on day ' || n || ', and is the pool open then?', 1, 1, now(), now()
       from (select * from "Channel" where "clubId" = $1 and kind = 'sms' order by id limit 1) h, generate_series(1, $2::int) as n`,
      [clubId, conversationCount],
    );
    await client.query(
      `insert into "Message" (id, "franchiseId", "clubId", "conversationId", direction, author, body, "bodyHash", status, sequence, "sentAt", "receivedAt", "createdAt")
       select ${idOf("msg")}, v."franchiseId", v."clubId", v.id, case when n % 2 = 0 then 'outbound' else 'inbound' end,
         case when n % 2 = 0 then 'agent' else 'contact' end, 'Message ' || n || repeat(', and some more words of it', (n % 5)::int), md5(n::text),
         case when n % 2 = 0 then 'delivered' else 'read' end, n, now() - ($3::int - n) * interval '10 minutes', now(), now()
       from "Conversation" v, generate_series(1, $3::int) as n where v."clubId" = $1 and v.id = 'conv_7bench' || lpad(to_hex($2::int), 20, '0')`,
      [clubId, 1, messageCount],
    );
    const { rows } = await client.query<Record<string, unknown>>(
      `update "Conversation" set "messageSequence" = $2, "inboundSequence" = $2 where "clubId" = $1 and id = 'conv_7bench' || lpad('1', 20, '0') returning id`,
      [clubId, messageCount],
    );
    await client.query('analyze "Conversation", "Message", "Contact"');
    return z.object({ id: z.string() }).parse(rows[0]).id;
  } finally {
    await client.end();
  }
};
