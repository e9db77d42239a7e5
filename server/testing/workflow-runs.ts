import { scriptedThink } from "#server/agent/testing.ts";
import { writeTemplates } from "#server/agent/workflows/write-template.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import type { WorkflowKind } from "#server/domain/workflows/kinds.ts";
import type { Mind } from "#server/agent/mind.ts";
import { newId } from "#server/platform/ids.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { actOnBatch } from "#server/services/workflows/act-on-batch.ts";
import { advanceRun } from "#server/services/workflows/advance-run.ts";
import { ensureWorkflows } from "#server/services/workflows/ensure-workflows.ts";

import { consentToAll } from "./allow-texts.ts";
import { database } from "./db.ts";
import { MADE_AT, makeContact, makeMember, scopeOf } from "./factories.ts";
import type { Line } from "./scripted-line.ts";
import { SCRIPTED_CREDENTIALS } from "./scripted-openphone.ts";

/** A Monday, 10:00 in Denver. */
export const MORNING = new Date("2026-11-23T17:00:00Z");

export const WRITTEN = "Hi {{first_name}}, this is {{club_name}}. How is it going so far?";

/** A model that writes one text for everything. */
export const writing = (body = WRITTEN): Pick<Mind, "think" | "model"> => ({ think: scriptedThink({ body }), model: "scripted" });

/** The club's workflow of a kind, made as the product makes it. */
export const workflowOf = async (ctx: ServiceContext, kind: WorkflowKind): Promise<Id<"workflow">> => {
  await inTransaction(ctx, (tx) => ensureWorkflows(tx, ctx));
  const row = await database().owner.workflow.findFirstOrThrow({ where: { clubId: ctx.clubId, kind } });
  return asId("workflow", row.id);
};

/** Past the steps a person takes first: it is on, live, and its first run was let go. */
export const makeLive = (workflowId: string) =>
  database().owner.workflow.update({
    where: { id: workflowId },
    data: { isOn: true, isDryRun: false, liveSince: MADE_AT, firstLiveApprovedAt: MADE_AT, lastSlotAt: MADE_AT },
  });

/** What the engine does with a run, one step after the other, until it rests. */
export const drive = async (ctx: ServiceContext, runId: string, mind = writing()): Promise<void> => {
  for (;;) {
    const next = await advanceRun(ctx, { runId });
    if (next.kind === "rest") {
      return;
    }
    if (next.kind === "write") {
      await writeTemplates(ctx, { runId }, mind);
    }
    if (next.kind === "act") {
      for (let batch = 0; batch < next.batchCount; batch += 1) {
        await actOnBatch(ctx, { runId });
      }
      return;
    }
  }
};

/** The channel over which the line's club writes. */
export const openChannel = (line: Line) =>
  database().owner.channel.create({
    data: {
      id: newId("channel"),
      ...scopeOf(line.club),
      connectionId: line.connectionId,
      kind: "sms",
      name: "Texts",
      externalId: SCRIPTED_CREDENTIALS.phoneNumberId,
      createdAt: MADE_AT,
    },
  });

let serial = 0;

/** Somebody in Denver who joined a few days ago and may be written to. */
export const greenMember = async (line: Line): Promise<{ readonly phone: string; readonly contactId: string }> => {
  const phone = `+1303555${(100 + (serial += 1)).toString().padStart(4, "0")}`;
  const { contact } = await makeContact(line.club, { from: phone, name: "Robin Hale" });
  await database().owner.contact.update({ where: { id: contact.id }, data: { state: "CO", postalCode: "80202" } });
  await makeMember(line.club, contact.id, { phone, joinedOn: "2026-11-18" });
  await consentToAll(line.club, contact.id);
  return { phone, contactId: contact.id };
};

/** Ids of a seed begin where those of the seed before can no longer be. */
const IDS_PER_SEED = 1_000_000;
let seeds = 0;

/** A whole club in a few statements: so many of each, each with a contact and a number of their own. Numbers differ and reach nobody. */
export const seedPeople = async (
  line: Line,
  counts: { readonly prospects: number; readonly green: number; readonly payPerVisit: number },
): Promise<void> => {
  const { clubId, franchiseId } = scopeOf(line.club);
  const total = counts.prospects + counts.green + counts.payPerVisit;
  const first = (seeds += 1) * IDS_PER_SEED;
  const idOf = (prefix: string): string => `'${prefix}_0' || lpad(to_hex(n + ${first}), 25, '0')`;
  const all = `generate_series(1, ${total}) as n`;
  const scope = `'${franchiseId}', '${clubId}'`;
  const at = `'2026-11-20T17:00:00Z'::timestamptz + n * interval '1 millisecond'`;
  const run = (sql: string): Promise<number> => database().owner.$executeRawUnsafe(sql);
  await run(
    `insert into "Contact" (id, "franchiseId", "clubId", "displayName", state, "createdAt", "updatedAt") select ${idOf("ct")}, ${scope}, 'Person ' || n, 'CO', ${at}, ${at} from ${all}`,
  );
  await run(
    `insert into "ContactIdentity" (id, "franchiseId", "clubId", "contactId", "channelKind", address, "addressKey", "createdAt") select ${idOf("ctid")}, ${scope}, ${idOf("ct")}, 'sms', '+1303' || lpad(n::text, 7, '0'), 'key-' || n, ${at} from ${all}`,
  );
  await run(
    `insert into "Member" (id, "franchiseId", "clubId", "contactId", "externalId", "firstName", "lastName", status, currency, "joinedOn", "createdAt", "updatedAt") select ${idOf("mem")}, ${scope}, ${idOf("ct")}, 'm' || n, 'Person', 'Hale', case when n <= ${counts.green} then 'active' else 'pay_per_visit' end, 'USD', case when n <= ${counts.green} then '2026-11-10' else '2026-01-10' end, ${at}, ${at} from generate_series(1, ${counts.green + counts.payPerVisit}) as n`,
  );
  await run(
    `insert into "Consent" (id, "franchiseId", "clubId", "contactId", purpose, "channelKind", "isGranted", source, wording, proof, at, "createdAt") select 'cons_' || p.place || lpad(to_hex(n + ${first}), 25, '0'), ${scope}, ${idOf("ct")}, p.purpose, 'sms', true, 'form', 'I agree.', 'form 1', ${at}, ${at} from ${all}, (values ('0', 'service'), ('1', 'marketing')) as p(place, purpose)`,
  );
  await run(
    `insert into "Prospect" (id, "franchiseId", "clubId", "contactId", "externalId", "firstName", "lastName", "createdAt", "updatedAt") select ${idOf("pros")}, ${scope}, ${idOf("ct")}, 'p' || n, 'Person', 'Doe', ${at}, ${at} from generate_series(${counts.green + counts.payPerVisit + 1}, ${total}) as n`,
  );
};
