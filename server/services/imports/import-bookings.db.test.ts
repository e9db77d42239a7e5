import { gzipSync } from "node:zlib";

import type { ImportMapping } from "#server/domain/csv-import.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { findRunningBooking } from "#server/services/bookings/find-running-booking.ts";
import { listBookings } from "#server/services/bookings/list-bookings.ts";
import { storeBookings } from "#server/services/bookings/store-bookings.ts";
import { inTransaction, systemContext } from "#server/services/context.ts";
import { database, useDatabase } from "#server/testing/db.ts";
import { makeClub, makeConnection, makeContact, makeMember, scopeOf, type TestClub } from "#server/testing/factories.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { exportRefusals } from "./export-refusals.ts";
import { getImport } from "./get-import.ts";
import { CHUNK_ROWS } from "./limits.ts";
import { listImports } from "./list-imports.ts";
import { previewImport } from "./preview-import.ts";
import { decodeText, delimiterOf, parseTable } from "./read-table.ts";
import { runImport } from "./run-import.ts";
import { startImport } from "./start-import.ts";
import { uploadTable } from "./upload-table.ts";

useDatabase();

type ImportId = Id<"csvImport">;

let owner: Awaited<ReturnType<ReturnType<typeof database>["as"]>>;
let club: TestClub;
beforeAll(async () => {
  owner = await database().as("OWNER");
});
afterAll(() => owner.end());
beforeEach(async () => {
  club = await makeClub();
});

const machine = () => systemContext(scopeOf(club), { job: "run-import" });
const upload = (text: string, more: { readonly again?: boolean } = {}) =>
  uploadTable(club.as.manager, {
    kind: "bookings",
    fileName: "bookings.csv",
    content: gzipSync(Buffer.from(text)).toString("base64"),
    ...more,
  });
const mappingOf = async (importId: ImportId): Promise<ImportMapping> => (await getImport(club.as.manager, { importId })).mapping;
const begin = async (text: string, more: { readonly again?: boolean } = {}) => {
  const { importId } = await upload(text, more);
  await startImport(club.as.manager, { importId, mapping: await mappingOf(importId) });
  return importId;
};
/** From the file to its end, as a person and the engine would. */
const take = async (text: string, more: { readonly again?: boolean } = {}) => {
  const importId = await begin(text, more);
  while (!(await runImport(machine(), { importId })).isDone) {
    // The next step of the engine.
  }
  return { importId, view: await getImport(club.as.manager, { importId }) };
};

const bookings = () => database().owner.booking.findMany({ where: { clubId: club.id }, orderBy: [{ externalId: "asc" }] });
const versions = () => owner.query(`select xmin::text as version, t.* from "Booking" t where "clubId" = $1 order by id`, [club.id]);
const none = { createdCount: 0, changedCount: 0, unchangedCount: 0, mergedCount: 0, refusedCount: 0 };

const HEADER = "Booking ID,Type,Class,Start,End,Bay,Status,Member ID,Email,Phone,Name\n";
const TABLE = `${HEADER}1,Class,Yoga,11/25/2026 9:00,10:00,,Confirmed,,orla@people.example,,
2,Bay,Bay hour,11/25/2026 18:00,19:00,Bay 3,Confirmed,,,303-555-0104,
3,Class,Yoga,soon,10:00,,Confirmed,,,,Kit
4,Class,Yoga,11/26/2026 9:00,10:00,,Cancelled,,,,Nobody Known
`;

describe("a table of bookings", () => {
  test("becomes bookings on the club's clock, and refused rows are kept with line and reason to be mended", async () => {
    const { importId, view } = await take(TABLE);
    expect(view).toMatchObject({ kind: "bookings", status: "finished", rowCount: 4, doneCount: 4 });
    expect(view.counts).toEqual({ ...none, createdCount: 3, refusedCount: 1 });
    expect(view.refusals).toMatchObject([{ line: 4, reason: "“soon” is no date written as month, day, year" }]);
    expect(await bookings()).toMatchObject([
      { externalId: "1", connectionId: null, kind: "class", title: "Yoga", startsAt: new Date("2026-11-25T16:00:00Z"), status: "booked" },
      { externalId: "2", kind: "bay", place: "Bay 3", placeKey: "bay 3", endsAt: new Date("2026-11-26T02:00:00Z") },
      { externalId: "4", status: "cancelled", personName: "Nobody Known", contactId: null, memberId: null },
    ]);
    const { text } = decodeText(Buffer.from((await exportRefusals(club.as.manager, { importId })).csv));
    expect(parseTable(text, delimiterOf(text)).rows).toMatchObject([
      {
        cells: [
          "4",
          "“soon” is no date written as month, day, year",
          "3",
          "Class",
          "Yoga",
          "soon",
          "10:00",
          "",
          "Confirmed",
          "",
          "",
          "",
          "Kit",
        ],
      },
    ]);
    expect(await listImports(club.as.manager)).toMatchObject([{ id: importId, kind: "bookings" }]);
    expect(await findRunningBooking({ ...club.as.staff, fixedNow: new Date("2026-11-26T01:30:00Z") }, { place: "bay #3" })).toMatchObject({
      title: "Bay hour",
      readAt: null,
      isStale: false,
    });
  });

  test("again writes no row; a row that changed changes one booking; one that is missing stays", async () => {
    await take(TABLE);
    const before = await versions();
    expect((await take(TABLE, { again: true })).view.counts).toEqual({ ...none, unchangedCount: 3, refusedCount: 1 });
    expect((await take(`${TABLE}\n`)).view.counts).toEqual({ ...none, unchangedCount: 3, refusedCount: 1 });
    expect(await versions()).toEqual(before);
    const { view } = await take(`${HEADER}2,Bay,Bay hour,11/25/2026 18:30,19:30,Bay 3,Confirmed,,,303-555-0104,\n`);
    expect(view.counts).toEqual({ ...none, changedCount: 1 });
    expect(await bookings()).toMatchObject([
      { externalId: "1", status: "booked" },
      { externalId: "2", startsAt: new Date("2026-11-26T01:30:00Z") },
      { externalId: "4" },
    ]);
  });

  test("the preview says what the import then does, and whose bookings cannot be told, and writes nothing", async () => {
    const { contact } = await makeContact(club, { name: "Orla Ruiz", from: "+13035550104" });
    await makeMember(club, contact.id, { phone: "+13035550104" });
    await take(TABLE);
    const { importId } = await upload(
      `${TABLE.replace("11/25/2026 18:00", "11/25/2026 18:30")}5,Bay,Bay hour,11/27/2026 18:00,19:00,Bay 3,Confirmed,,,303-555-0104,\n`,
    );
    const before = [await versions(), await database().owner.auditLog.count({ where: { clubId: club.id } })];
    const mapping = await mappingOf(importId);
    const preview = await previewImport(club.as.manager, { importId, mapping });
    expect([await versions(), await database().owner.auditLog.count({ where: { clubId: club.id } })]).toEqual(before);
    expect(preview.rows.map(({ line, outcome, isUnlinked }) => [line, outcome, isUnlinked])).toEqual([
      [2, "unchanged", true],
      [3, "changed", false],
      [4, "refused", false],
      [5, "unchanged", true],
      [6, "created", false],
    ]);
    expect(preview.rows[1]).toMatchObject({
      who: "Bay hour",
      said: ["bay", "Wed, Nov 25, 2026, 6:30 PM to 7:00 PM", "Bay 3", "+13035550104", "booked"],
    });
    await startImport(club.as.manager, { importId, mapping });
    await runImport(machine(), { importId });
    const { counts, refusals } = await getImport(club.as.manager, { importId });
    expect(preview.counts).toEqual(counts);
    expect(preview.refusals).toEqual(refusals.map(({ line, reason }) => ({ line, reason })));
    expect(preview.unlinkedCount).toBe((await bookings()).filter(({ contactId }) => contactId === null).length);
  });

  test("a table is taken as what it was handed in for, and may be handed in for both", async () => {
    const { importId } = await upload(TABLE);
    const people = await uploadTable(club.as.manager, {
      kind: "members",
      fileName: "bookings.csv",
      content: gzipSync(Buffer.from(TABLE)).toString("base64"),
    });
    expect(people).toMatchObject({ isRepeated: false });
    expect(people.importId).not.toBe(importId);
    const [ofBookings, ofPeople] = [await mappingOf(importId), await mappingOf(people.importId)];
    for (const verb of [previewImport, startImport]) {
      await expect(verb(club.as.manager, { importId, mapping: ofPeople })).rejects.toMatchObject({ code: "invalid" });
      await expect(verb(club.as.manager, { importId: people.importId, mapping: ofBookings })).rejects.toMatchObject({ code: "invalid" });
    }
  });

  test("another club sees neither the table nor its bookings", async () => {
    const { contact } = await makeContact(club, { from: "+13035550104" });
    const contactId = contact.id as Id<"contact">;
    const { importId } = await take(TABLE);
    const other = await makeClub();
    await expect(getImport(other.as.owner, { importId })).rejects.toMatchObject({ code: "not_found" });
    await expect(exportRefusals(other.as.owner, { importId })).rejects.toMatchObject({ code: "not_found" });
    expect(await listImports(other.as.owner)).toEqual([]);
    const early = { fixedNow: new Date("2026-11-20T00:00:00Z") };
    expect((await listBookings({ ...club.as.staff, ...early }, { contactId })).items).toHaveLength(1);
    expect((await listBookings({ ...other.as.staff, ...early }, { contactId })).items).toEqual([]);
  });
});

describe("whose a booking of a table is", () => {
  const ownerOf = async (cells: string) => {
    await take(`${HEADER}9,Class,Yoga,11/25/2026 9:00,10:00,,Confirmed,${cells}\n`);
    const [row] = await bookings();
    return row === undefined ? null : { contactId: row.contactId, memberId: row.memberId };
  };
  const nobody = { contactId: null, memberId: null };

  test("is told by the member number of any source, before e-mail and phone", async () => {
    const people =
      "Member ID,First Name,Last Name,Mobile Phone,Email\n100,Orla,Ruiz,303-555-0104,\n101,Paz,Hale,303-555-0107,paz@people.example\n";
    const { importId } = await uploadTable(club.as.manager, {
      kind: "members",
      fileName: "people.csv",
      content: gzipSync(Buffer.from(people)).toString("base64"),
    });
    await startImport(club.as.manager, { importId, mapping: await mappingOf(importId) });
    await runImport(machine(), { importId });
    const [orla] = await database().owner.member.findMany({ where: { clubId: club.id, externalId: "100" } });
    expect(await ownerOf("100,paz@people.example,303-555-0107,")).toEqual({ contactId: orla?.contactId, memberId: orla?.id });
  });

  test("is told by a phone that one person has, though the address book names nobody by it", async () => {
    const { contact } = await makeContact(club, { from: "+13035550150" });
    const memberId = await makeMember(club, contact.id, { phone: "+13035550104" });
    expect(await ownerOf(",,303-555-0104,")).toEqual({ contactId: contact.id, memberId });
  });

  test("is nobody's where two people share a phone, and the contact's where it has two records", async () => {
    const { contact } = await makeContact(club, { from: "+13035550104" });
    await makeMember(club, contact.id, { phone: "+13035550104" });
    await makeMember(club, contact.id, { phone: "+13035550104" });
    expect(await ownerOf(",,303-555-0104,")).toEqual({ contactId: contact.id, memberId: null });
    const { contact: son } = await makeContact(club, { from: "+13035550107" });
    await makeMember(club, son.id, { phone: "+13035550104" });
    expect(await ownerOf(",,303-555-0104,Orla")).toEqual(nobody);
  });

  test("is nobody's by name alone", async () => {
    const { contact } = await makeContact(club, { name: "Orla Ruiz", from: "+13035550104" });
    await makeMember(club, contact.id, { firstName: "Orla", lastName: "Ruiz" });
    expect(await ownerOf(",,,Orla Ruiz")).toEqual(nobody);
  });
});

describe("beside a connected system", () => {
  test("a sync leaves the bookings of files alone, and a file those of the sync, also under one number", async () => {
    const connectionId = newId("connection");
    await makeConnection(club, { id: connectionId, provider: "clubos" });
    const vendorBooking = {
      externalId: "1",
      kind: "class" as const,
      title: "Vendor yoga",
      startsAt: new Date("2026-11-25T16:00:00Z"),
      endsAt: new Date("2026-11-25T17:00:00Z"),
      place: null,
      staffName: null,
      status: "booked" as const,
      personExternalId: null,
      personName: null,
      personEmail: null,
    };
    const window = { from: new Date("2026-11-20T00:00:00Z"), to: new Date("2026-12-04T00:00:00Z") };
    const sync = (found: readonly (typeof vendorBooking)[]) =>
      inTransaction(machine(), (tx) => storeBookings(tx, machine(), { connectionId, bookings: found, window }));
    await take(TABLE);
    const ofFiles = await versions();
    expect(await sync([vendorBooking])).toMatchObject({ createdCount: 1, cancelledCount: 0 });
    const all = await versions();
    expect(all).toHaveLength(ofFiles.length + 1);
    expect((await take(`${TABLE.trim()}\n\n`)).view.counts).toMatchObject({ createdCount: 0, changedCount: 0 });
    expect(await versions()).toEqual(all);
    expect(await sync([])).toMatchObject({ cancelledCount: 1 });
    expect((await versions()).filter((row) => row["connectionId"] === null)).toEqual(ofFiles);
  });
});

describe("a long table of bookings", () => {
  test("that breaks off goes on where it was, and stores and counts no row twice", async () => {
    const count = CHUNK_ROWS * 2 + 10;
    const rows = Array.from({ length: count }, (_value, index) => `${index},Class,Yoga,11/25/2026 9:00,10:00,,Confirmed,,,,Kit`);
    const importId = await begin(`${HEADER}${rows.join("\n")}\n`);
    await database().owner
      .$executeRaw`create function fail_booking() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$`;
    await database().owner
      .$executeRaw`create trigger fail_booking before insert on "Booking" for each row when (new."externalId" = '300') execute function fail_booking()`;
    await expect(runImport(machine(), { importId })).rejects.toThrow();
    const before = await versions();
    expect(before).toHaveLength(CHUNK_ROWS);
    await database().owner.$executeRaw`drop trigger fail_booking on "Booking"`;
    await database().owner.$executeRaw`drop function fail_booking`;
    await Promise.all([runImport(machine(), { importId }), runImport(machine(), { importId })]);
    expect((await runImport(machine(), { importId })).isDone).toBe(true);
    const view = await getImport(club.as.manager, { importId });
    expect(view).toMatchObject({ status: "finished", counts: { ...none, createdCount: count } });
    expect(await versions()).toHaveLength(count);
    expect(await versions()).toEqual(expect.arrayContaining(before));
  });
});
