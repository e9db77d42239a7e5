import { gzipSync } from "node:zlib";

import type { MemberMapping } from "#server/domain/csv-import.ts";
import type { Id } from "#server/domain/ids.ts";
import { systemContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeContact, makeMember, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { beforeEach, describe, expect, test } from "vitest";

import { cancelImport } from "./cancel-import.ts";
import { exportRefusals } from "./export-refusals.ts";
import { getImport } from "./get-import.ts";
import { CHUNK_ROWS, CHUNKS_PER_STEP } from "./limits.ts";
import { listImports } from "./list-imports.ts";
import { previewImport } from "./preview-import.ts";
import { decodeText, delimiterOf, parseTable } from "./read-table.ts";
import { runImport } from "./run-import.ts";
import { startImport } from "./start-import.ts";
import { uploadTable } from "./upload-table.ts";

useDatabase();

let club: TestClub;
beforeEach(async () => {
  club = await makeClub();
});

const machine = () => systemContext(scopeOf(club), { job: "run-import" });
const pack = (text: string): string => gzipSync(Buffer.from(text)).toString("base64");
const upload = (text: string, more: { readonly again?: boolean; readonly fileName?: string } = {}) =>
  uploadTable(club.as.manager, { kind: "members", fileName: "members.csv", content: pack(text), ...more });
const mappingOf = async (importId: Id<"csvImport">): Promise<MemberMapping> =>
  (await getImport(club.as.manager, { importId })).mapping as MemberMapping;

/** From the file to its end, as a person and the engine would. */
const take = async (text: string, more: { readonly again?: boolean } = {}) => {
  const { importId } = await upload(text, more);
  await startImport(club.as.manager, { importId, mapping: await mappingOf(importId) });
  while (!(await runImport(machine(), { importId })).isDone) {
    // The next step of the engine.
  }
  return { importId, view: await getImport(club.as.manager, { importId }) };
};

const members = () => database().owner.member.findMany({ where: { clubId: club.id, archivedAt: null }, orderBy: { externalId: "asc" } });
const counts = (view: { readonly counts: object }) => view.counts;

const TABLE = `Member ID,First Name,Last Name,Mobile Phone,Email,Status,Balance,Join Date
100,Orla,Ruiz,303-555-0104,orla@people.example,Active,0.00,1/5/2026
101,Paz,Ruiz,303-555-0104,,Past Due,39.99,3/12/2025
102,Kit,Hale,12,,Active,,
103,Lou,Hale,303-555-0107,,Lead,,
`;

describe("a table of people", () => {
  test("becomes members and prospects, refused rows are kept with line and reason", async () => {
    const { view } = await take(TABLE);
    expect(view).toMatchObject({ status: "finished", rowCount: 4, doneCount: 4 });
    expect(counts(view)).toEqual({ createdCount: 3, changedCount: 0, unchangedCount: 0, mergedCount: 0, refusedCount: 1 });
    expect(view.refusals).toMatchObject([{ line: 4, reason: "“12” is no phone number" }]);
    const people = await members();
    expect(people).toMatchObject([
      { externalId: "100", connectionId: null, phone: "+13035550104", status: "active", joinedOn: "2026-01-05" },
      { externalId: "101", status: "past_due", balanceMinor: 3_999n, currency: "USD" },
    ]);
    expect(people[0]?.contactId, "two people of one phone are two").not.toBe(people[1]?.contactId);
    expect(await database().owner.prospect.findMany({ where: { clubId: club.id } })).toMatchObject([{ externalId: "103" }]);
    const [row] = await database().owner.csvImport.findMany({ where: { clubId: club.id } });
    expect(row?.content, "the file is not kept").toBe("");
  });

  test("again changes nothing; a changed row changes one member; rows without a number are known again, too", async () => {
    await take(TABLE);
    const before = await members();
    expect(counts((await take(TABLE, { again: true })).view)).toMatchObject({
      createdCount: 0,
      changedCount: 0,
      unchangedCount: 3,
      refusedCount: 1,
    });
    expect(await members()).toEqual(before);
    expect(counts((await take(TABLE.replace("39.99", "45.00"))).view)).toMatchObject({
      createdCount: 0,
      changedCount: 1,
      unchangedCount: 2,
    });
    expect((await members())[1]).toMatchObject({ balanceMinor: 4_500n });
    const nameless = "First Name,Last Name,Mobile Phone\nAda,Byrne,303-555-0150\n";
    await take(nameless);
    expect(counts((await take(`${nameless}Bea,Byrne,303-555-0151\n`)).view)).toMatchObject({ createdCount: 1, unchangedCount: 1 });
  });

  test("the same file is the same import, until somebody asks for it again", async () => {
    const { importId } = await take(TABLE);
    expect(await upload(TABLE, { fileName: "copy.csv" })).toEqual({ importId, isRepeated: true });
    expect(await getImport(club.as.manager, { importId })).toMatchObject({ status: "finished" });
    expect(await upload(TABLE, { again: true })).toEqual({ importId, isRepeated: false });
    expect(await getImport(club.as.manager, { importId })).toMatchObject({ status: "uploaded", refusals: [], doneCount: 0 });
    expect(await listImports(club.as.manager)).toHaveLength(1);
  });

  test("a row of somebody the vendor has brought is merged, and the vendor's word stands", async () => {
    const { contact } = await makeContact(club, { name: "Orla Ruiz", from: "+13035550104" });
    const id = await makeMember(club, contact.id, { firstName: "Orla", lastName: "Ruiz", phone: "+13035550104", status: "frozen" });
    const merged = await take(
      "Member ID,First Name,Last Name,Mobile Phone,Email,Status\n9,Orla,Ruiz,303-555-0104,orla@people.example,Active\n",
    );
    expect(counts(merged.view)).toMatchObject({ createdCount: 0, mergedCount: 1 });
    expect(await members()).toMatchObject([{ id, status: "frozen", email: "orla@people.example", connectionId: expect.any(String) }]);
  });

  test("a row without a number is the person whom a numbered row of an earlier file brought", async () => {
    await take("Member ID,First Name,Last Name,Mobile Phone,Status\n100,Orla,Ruiz,303-555-0104,Active\n");
    const merged = await take("First Name,Last Name,Mobile Phone,Email,Status\nOrla,Ruiz,303-555-0104,orla@people.example,Past Due\n");
    expect(counts(merged.view)).toMatchObject({ createdCount: 0, mergedCount: 1 });
    expect(await members()).toMatchObject([{ externalId: "100", email: "orla@people.example" }]);
  });

  test("the preview says what the import then does, and writes nothing", async () => {
    await take(TABLE);
    const { importId } = await upload(`${TABLE}104,New,Hale,303-555-0108,,Active,,\n`.replace("39.99", "45.00"));
    const tables = ["member", "contact", "memberIdentity", "auditLog"] as const;
    const { owner } = database();
    const countAll = () =>
      Promise.all(
        [owner.member, owner.contact, owner.memberIdentity, owner.auditLog].map((table) =>
          (table.count as (a: object) => Promise<number>)({ where: { clubId: club.id } }),
        ),
      );
    const before = await countAll();
    const mapping = await mappingOf(importId);
    const preview = await previewImport(club.as.manager, { importId, mapping });
    expect(await countAll(), tables.join()).toEqual(before);
    await startImport(club.as.manager, { importId, mapping });
    await runImport(machine(), { importId });
    expect(preview.counts).toEqual((await getImport(club.as.manager, { importId })).counts);
    expect(preview.rows.map(({ line, outcome }) => [line, outcome])).toEqual([
      [2, "unchanged"],
      [3, "changed"],
      [4, "refused"],
      [5, "unchanged"],
      [6, "created"],
    ]);
  });

  test("columns chosen once are chosen the next time", async () => {
    const { importId } = await upload("Nr,Wer,Tel\n1,Orla Ruiz,303-555-0104\n");
    const mapping: MemberMapping = {
      ...(await mappingOf(importId)),
      columns: { memberNumber: 0, fullName: 1, phone: 2 },
      dateOrder: "dmy",
    };
    await startImport(club.as.manager, { importId, mapping });
    const next = await upload("Tel,Nr,Wer\n303-555-0104,2,Paz Ruiz\n");
    expect(await mappingOf(next.importId)).toMatchObject({ columns: { memberNumber: 1, fullName: 2, phone: 0 }, dateOrder: "dmy" });
  });

  test("refused rows come back as a table that can be mended and handed in, without formulas", async () => {
    const { importId } = await take('Member ID,First Name,Last Name,Mobile Phone\n1,"=HYPERLINK(1)",Ruiz,12\n');
    const { csv } = await exportRefusals(club.as.manager, { importId });
    expect(csv).toContain(`"'=HYPERLINK(1)"`);
    const { text } = decodeText(Buffer.from(csv));
    expect(parseTable(text, delimiterOf(text)).rows).toMatchObject([
      { cells: ["2", "“12” is no phone number", "1", "=HYPERLINK(1)", "Ruiz", "12"] },
    ]);
  });
});

describe("a long table", () => {
  const COUNT = CHUNK_ROWS * 2 + 10;
  const long = `Member ID,First Name,Last Name,Mobile Phone\n${Array.from({ length: COUNT }, (_value, index) => `${index},Kit${index},Hale,+1303555${(1_000 + index).toString()}`).join("\n")}\n`;

  test("that breaks off goes on where it was, and two runs at once store no row twice", async () => {
    const { importId } = await upload(long);
    await startImport(club.as.manager, { importId, mapping: await mappingOf(importId) });
    await database().owner
      .$executeRaw`create function fail_once() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$`;
    await database().owner
      .$executeRaw`create trigger fail_once before insert on "Member" for each row when (new."externalId" = '300') execute function fail_once()`;
    await expect(runImport(machine(), { importId })).rejects.toThrow();
    expect(await members()).toHaveLength(CHUNK_ROWS);
    await database().owner.$executeRaw`drop trigger fail_once on "Member"`;
    await database().owner.$executeRaw`drop function fail_once`;
    await Promise.all([runImport(machine(), { importId }), runImport(machine(), { importId })]);
    expect((await runImport(machine(), { importId })).isDone).toBe(true);
    const view = await getImport(club.as.manager, { importId });
    expect(view).toMatchObject({
      status: "finished",
      counts: { createdCount: COUNT, changedCount: 0, unchangedCount: 0, mergedCount: 0, refusedCount: 0 },
    });
    expect(await members()).toHaveLength(COUNT);
    expect(CHUNKS_PER_STEP).toBeGreaterThan(2);
  });

  test("that is cancelled stores nothing more", async () => {
    const { importId } = await upload(long);
    await startImport(club.as.manager, { importId, mapping: await mappingOf(importId) });
    await cancelImport(club.as.manager, { importId });
    expect(await runImport(machine(), { importId })).toEqual({ isDone: true });
    expect(await members()).toEqual([]);
    await expect(cancelImport(club.as.manager, { importId })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("who may, and what is no table", () => {
  test("staff may not, and another club finds nothing", async () => {
    const { importId } = await upload(TABLE);
    const mapping = await mappingOf(importId);
    const other = await makeClub();
    for (const verb of [getImport, cancelImport, exportRefusals]) {
      await expect((async () => verb(club.as.staff, { importId }))()).rejects.toMatchObject({ code: "forbidden" });
      await expect((async () => verb(other.as.owner, { importId }))()).rejects.toMatchObject({ code: "not_found" });
    }
    for (const verb of [startImport, previewImport]) {
      await expect((async () => verb(club.as.staff, { importId, mapping }))()).rejects.toMatchObject({ code: "forbidden" });
      await expect((async () => verb(other.as.owner, { importId, mapping }))()).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await listImports(other.as.owner)).toEqual([]);
  });

  test("an import begins once", async () => {
    const { importId } = await upload(TABLE);
    const mapping = await mappingOf(importId);
    await startImport(club.as.manager, { importId, mapping });
    await expect(startImport(club.as.manager, { importId, mapping })).rejects.toMatchObject({ code: "precondition_failed" });
    const events = await database().owner.outboxEvent.findMany({ where: { clubId: club.id, name: "imports/import.started" } });
    expect(events).toMatchObject([{ payload: { importId, clubId: club.id } }]);
  });

  test.each([
    ["not packed", "aGVsbG8=", /did not arrive whole/],
    ["larger than 10 MB once unpacked", gzipSync(Buffer.alloc(11 * 1024 * 1024, "a")).toString("base64"), /larger than 10 MB/],
    ["a header alone", pack("a,b\n"), /no rows/],
  ])("a file that is %s is refused", async (_what, content, words) => {
    await expect(uploadTable(club.as.manager, { kind: "members", fileName: "x.csv", content })).rejects.toThrow(words);
  });
});
