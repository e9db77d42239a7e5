import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeInbound, type TestClub } from "#server/testing/factories.ts";
import { expect, test } from "vitest";
import { z } from "zod";

import { exportActions } from "./export-actions.ts";
import { listActions } from "./list-actions.ts";
import { verifyLedger } from "./verify-ledger.ts";

useDatabase();

const append = (
  ctx: ServiceContext,
  { count, conversationId = null }: { readonly count: number; readonly conversationId?: string | null },
): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    for (let index = 0; index < count; index += 1) {
      tx.news.actions.push({
        kind: "message.ignored",
        risk: "read",
        summary: "A reaction needed no answer.",
        outcome: "ignore",
        conversationId,
        inputs: { confidence: 0.1 + index / 10, isNewest: true, nothing: null, text: "ü 1" },
        costMicros: 12_345n,
      });
    }
  });

/** What nobody but the superuser of the database can do: change a row in spite of its trigger. */
const tamper = async (sql: string, values: readonly unknown[]): Promise<void> => {
  const admin = await database().as("ADMIN");
  await admin.query("set session_replication_role = replica");
  await admin.query(sql, values);
  await admin.end();
};

test("an empty ledger and one that grew by single and concurrent appends are whole", async () => {
  const club = await makeClub();
  expect(await verifyLedger(club.as.staff)).toEqual({ isWhole: true, rowCount: 0, firstBrokenSequence: null });
  await append(club.as.staff, { count: 3 });
  await Promise.all(Array.from({ length: 8 }, () => append(club.as.staff, { count: 2 })));
  expect(await verifyLedger(club.as.staff)).toEqual({ isWhole: true, rowCount: 19, firstBrokenSequence: null });
});

test("a ledger longer than one batch is read to its end", async () => {
  const club = await makeClub();
  await append(club.as.staff, { count: 700 });
  expect(await verifyLedger(club.as.staff)).toEqual({ isWhole: true, rowCount: 700, firstBrokenSequence: null });
  await tamper(`update "AiAction" set summary = 'another one' where "clubId" = $1 and sequence = 650`, [club.id]);
  expect(await verifyLedger(club.as.staff)).toEqual({ isWhole: false, rowCount: 649, firstBrokenSequence: "650" });
});

test.each([
  ["an edited sentence", `update "AiAction" set summary = 'it was fine' where "clubId" = $1 and sequence = 3`, "3"],
  ["an edited cost", `update "AiAction" set "costMicros" = 0 where "clubId" = $1 and sequence = 3`, "3"],
  ["edited grounds", `update "AiAction" set inputs = '{"confidence":1}' where "clubId" = $1 and sequence = 3`, "3"],
  ["another time", `update "AiAction" set "createdAt" = "createdAt" + interval '1 hour' where "clubId" = $1 and sequence = 3`, "3"],
  ["a removed row", `delete from "AiAction" where "clubId" = $1 and sequence = 3`, "3"],
  ["a removed first row", `delete from "AiAction" where "clubId" = $1 and sequence = 1`, "1"],
  ["a cut-off end", `delete from "AiAction" where "clubId" = $1 and sequence >= 4`, "4"],
  ["a moved row", `update "AiAction" set sequence = sequence + 100 where "clubId" = $1 and sequence = 3`, "3"],
])("%s breaks the chain where it happened", async (_name, sql, firstBrokenSequence) => {
  const club = await makeClub();
  await append(club.as.staff, { count: 5 });
  await tamper(sql, [club.id]);
  expect(await verifyLedger(club.as.staff)).toMatchObject({ isWhole: false, firstBrokenSequence });
});

test("rows that are only ever added: the owner of the tables can neither change, remove nor empty them", async () => {
  const club = await makeClub();
  await append(club.as.staff, { count: 1 });
  await inTransaction(club.as.staff, (tx) => recordAudit(tx, club.as.staff, { action: "conversation.read" }));
  const owner = await database().as("OWNER");
  for (const sql of [
    `update "AiAction" set summary = 'x'`,
    `delete from "AiAction"`,
    `truncate "AiAction"`,
    `update "AuditLog" set action = 'x'`,
  ]) {
    await expect(owner.query(sql), sql).rejects.toMatchObject({ code: "42501" });
  }
  await owner.end();
});

test("the log is read newest first, page by page, with the contact's name and only of this club", async () => {
  const [club, other] = [await makeClub(), await makeClub()];
  const { conversation } = await makeInbound(club, { name: "Robin Hale" });
  await append(club.as.staff, { count: 55, conversationId: conversation.id });
  await append(other.as.staff, { count: 1 });
  const first = await listActions(club.as.staff, {});
  const second = await listActions(club.as.staff, { cursor: first.nextCursor });
  expect([...first.items, ...second.items].map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: 55 }, (_value, index) => String(55 - index)),
  );
  expect(second.nextCursor).toBeNull();
  expect(first.items[0]).toMatchObject({
    kind: "message.ignored",
    contactName: "Robin Hale",
    costMicros: 12_345,
    actorKind: "staff",
    outcome: "ignore",
  });
  await expect(listActions(club.as.staff, { cursor: "1; drop" })).rejects.toThrow(/ledger/);
  const webhook: ServiceContext = { ...club.as.staff, actor: { kind: "webhook", connectionId: newId("connection") } };
  await expect(listActions(webhook, {})).rejects.toMatchObject({ code: "forbidden" });
  await expect(verifyLedger(webhook)).rejects.toMatchObject({ code: "forbidden" });
});

const filtered = async (club: TestClub, filter: Parameters<typeof listActions>[1]): Promise<readonly string[]> =>
  (await listActions(club.as.staff, filter)).items.map(({ summary }) => summary);

test("a filter takes the rows it names, by day of the club's calendar, actor, area, outcome, words and person", async () => {
  const club = await makeClub({ timeZone: "America/Denver" });
  const { conversation } = await makeInbound(club, { name: "Robin Hale" });
  const add = (fixedNow: Date, entry: { readonly summary: string; readonly kind?: "reply.sent"; readonly conversationId?: string }) =>
    inTransaction({ ...club.as.staff, fixedNow }, async (tx) => {
      tx.news.actions.push({ kind: "message.ignored", risk: "read", outcome: "ignore", ...entry });
    });
  // 06:30 UTC is still the day before in Denver.
  await add(new Date("2026-11-20T06:30:00.000Z"), { summary: "Late on the nineteenth." });
  await add(new Date("2026-11-20T17:00:00.000Z"), { summary: "At noon of the twentieth.", kind: "reply.sent" });
  await add(new Date("2026-11-21T05:00:00.000Z"), { summary: "100% of the twentieth.", conversationId: conversation.id });
  expect(await filtered(club, { until: "2026-11-19" })).toEqual(["Late on the nineteenth."]);
  expect(await filtered(club, { from: "2026-11-20", until: "2026-11-20" })).toEqual([
    "100% of the twentieth.",
    "At noon of the twentieth.",
  ]);
  expect(await filtered(club, { area: "reply" })).toEqual(["At noon of the twentieth."]);
  expect(await filtered(club, { actor: "agent" })).toEqual([]);
  expect(await filtered(club, { outcome: "ignore", actor: "staff", search: "TWENT" })).toHaveLength(2);
  expect(await filtered(club, { search: "100%" })).toEqual(["100% of the twentieth."]);
  expect(await filtered(club, { search: "robin h" })).toEqual(["100% of the twentieth."]);
  expect(await filtered(club, { search: "_" })).toEqual([]);
});

test("an exported ledger has all it takes to compute the chain anew, and is noted", async () => {
  const [club, other] = [await makeClub(), await makeClub()];
  await append(club.as.staff, { count: 3 });
  await append(other.as.staff, { count: 1 });
  const { body } = await exportActions(club.as.manager, { filter: {}, format: "jsonl" });
  const rows = body
    .trimEnd()
    .split("\n")
    .map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
  expect(rows.map(({ sequence }) => sequence)).toEqual(["1", "2", "3"]);
  expect(rows.map(({ previousHash }) => previousHash)).toEqual(["", rows[0]?.["hash"], rows[1]?.["hash"]]);
  expect(new Set(rows.map(({ clubId }) => clubId))).toEqual(new Set([club.id]));
  const table = await exportActions(club.as.manager, { filter: { search: "nothing of it" }, format: "csv" });
  expect(table.body.trimEnd().split("\r\n")).toHaveLength(1);
  await expect(exportActions(club.as.staff, { filter: {}, format: "csv" })).rejects.toMatchObject({ code: "forbidden" });
  const audit = await database().owner.auditLog.findMany({ where: { clubId: club.id, action: "actions.exported" } });
  expect(audit.map(({ details }) => details)).toEqual([
    { format: "jsonl", rowCount: 3 },
    { format: "csv", rowCount: 0 },
  ]);
});
