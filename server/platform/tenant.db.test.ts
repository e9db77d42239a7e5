import { database, useDatabase } from "#server/testing/db.ts";
import { insertOf, readTables, rowFor, type Table } from "#server/testing/every-table.ts";
import { makeClub, makeInbound, type TestClub } from "#server/testing/factories.ts";
import { beforeAll, expect, test } from "vitest";

import { withClub, withSystem } from "./tenant.ts";

useDatabase();

type Session = Awaited<ReturnType<ReturnType<typeof database>["as"]>>;
type Context = { readonly franchiseId: string; readonly clubId: string };

/** Rows of the franchise, which its clubs share on purpose. */
const SHARED_IN_FRANCHISE = new Set(["Suppression", "ContactTouch", "SendingSettings", "SentenceVector", "WorkflowLayer", "Franchise"]);
/** Users belong to no club, sign-in attempts to nobody. */
const WITHOUT_CLUB = new Set(["User", "SignInAttempt", "Franchise", "Club"]);

let tables: readonly Table[];
let home: TestClub;
let sibling: TestClub;
let foreign: TestClub;

/** One row of `home` in every table that has none, without looking at references and triggers. */
const fillEveryTable = async (): Promise<void> => {
  const admin = await database().as("ADMIN");
  await admin.query("set session_replication_role = replica");
  for (const table of tables.filter(({ columns }) => columns.some(({ name }) => name === "clubId"))) {
    const [found] = await admin.query(`select 1 from "${table.name}" where "clubId" = $1 limit 1`, [home.id]);
    if (found === undefined) {
      await admin.query(...insertOf(table, rowFor(table, { franchiseId: home.franchiseId, clubId: home.id })));
    }
  }
  await admin.end();
};

beforeAll(async () => {
  const owner = await database().as("OWNER");
  tables = await readTables(owner.query);
  await owner.end();
  [home, foreign] = [await makeClub(), await makeClub()];
  sibling = await makeClub({ franchiseId: home.franchiseId });
  await fillEveryTable();
});

/** Runs one statement in a context that is rolled back; answers the number of rows, or the SQLSTATE of its refusal. */
const tried = async (
  session: Session,
  context: Context | null,
  [sql, values = []]: readonly [string, (readonly unknown[])?],
): Promise<number | string> => {
  await session.query("begin");
  try {
    if (context !== null) {
      await session.query("select set_config('app.franchise', $1, true), set_config('app.club', $2, true)", [
        context.franchiseId,
        context.clubId,
      ]);
    }
    return (await session.query(sql, values)).length;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "unknown";
  } finally {
    await session.query("rollback");
  }
};

const contextOf = (club: TestClub): Context => ({ franchiseId: club.franchiseId, clubId: club.id });

const probes = (table: Table): readonly (readonly [string])[] => {
  const column = (table.columns.find(({ isUpdatable }) => isUpdatable) ?? table.columns[0])?.name ?? "id";
  return [
    [`select 1 from "${table.name}"`],
    [`update "${table.name}" set "${column}" = "${column}" returning 1`],
    [`delete from "${table.name}" returning 1`],
  ];
};

const REFUSED = new Set<number | string>([0, "42501"]);

test("every table shows its row to its own club, so that the probes below can fail", async () => {
  const session = await database().as("APP");
  const seen = new Map<string, number | string>();
  for (const table of tables.filter(({ name }) => !WITHOUT_CLUB.has(name))) {
    seen.set(
      table.name,
      await tried(session, contextOf(home), [`select count(*) from "${table.name}" where "clubId" = '${home.id}' having count(*) > 0`]),
    );
  }
  await session.end();
  expect(seen.size).toBeGreaterThan(40);
  expect([...seen].filter(([, rows]) => rows !== 1)).toEqual([]);
});

test.each([
  ["without a context", (): Context | null => null],
  ["with an empty context", (): Context => ({ franchiseId: "", clubId: "" })],
  ["in a club of another franchise", (): Context => ({ franchiseId: foreign.franchiseId, clubId: foreign.id })],
  ["with the club of one franchise and the id of another", (): Context => ({ franchiseId: foreign.franchiseId, clubId: home.id })],
])("no row of a club is read, changed or removed %s, in any table", async (_name, context) => {
  const session = await database().as("APP");
  const leaks: string[] = [];
  for (const table of tables) {
    for (const [sql] of probes(table)) {
      const own = table.columns.some(({ name }) => name === "clubId") ? ` where "clubId" = '${home.id}'` : ownRowOf(table);
      const answer = await tried(session, context(), [
        sql.replace(" returning", `${own} returning`) + (sql.startsWith("select") ? own : ""),
      ]);
      if (!REFUSED.has(answer)) {
        leaks.push(`${sql}: ${answer}`);
      }
    }
  }
  await session.end();
  expect(leaks).toEqual([]);
});

const ownRowOf = (table: Table): string => {
  const ids: Record<string, string> = { Club: home.id, Franchise: home.franchiseId, User: home.people.staff.userId };
  return ids[table.name] === undefined ? "" : ` where id = '${ids[table.name]}'`;
};

test("a sister club of the franchise reads no row of the club but those the franchise shares", async () => {
  const session = await database().as("APP");
  const seen: string[] = [];
  for (const table of tables.filter(
    ({ name, columns }) => !SHARED_IN_FRANCHISE.has(name) && columns.some((column) => column.name === "clubId"),
  )) {
    const rows = await tried(session, contextOf(sibling), [`select 1 from "${table.name}" where "clubId" = '${home.id}'`]);
    if (!REFUSED.has(rows)) {
      seen.push(table.name);
    }
  }
  await session.end();
  expect(seen).toEqual([]);
});

test("a row of another club is written by nobody, in any table", async () => {
  const session = await database().as("APP");
  const answers = new Map<string, number | string>();
  for (const table of tables.filter(({ columns }) => columns.some(({ name }) => name === "franchiseId"))) {
    const row = rowFor(table, { franchiseId: home.franchiseId, clubId: home.id });
    answers.set(table.name, await tried(session, contextOf(foreign), insertOf(table, row)));
  }
  await session.end();
  expect([...answers].filter(([, answer]) => answer !== "42501")).toEqual([]);
});

test("every table forces row-level security, and the product's logins can neither own, bypass nor switch it off", async () => {
  const owner = await database().as("OWNER");
  const unforced = await owner.query(`
    select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> '_prisma_migrations'
    and not (relrowsecurity and relforcerowsecurity)`);
  const owned = await owner.query(`select relname from pg_class where pg_get_userbyid(relowner) in ('spotter_app', 'spotter_system')`);
  const roles = await owner.query(`
    select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname like 'spotter\\_%' order by rolname`);
  const memberships = await owner.query(`
    select 1 from pg_auth_members where member in ('spotter_app'::regrole, 'spotter_system'::regrole)`);
  await owner.end();
  expect(unforced).toEqual([]);
  expect(owned).toEqual([]);
  expect(memberships).toEqual([]);
  expect(roles.length).toBeGreaterThanOrEqual(3);
  for (const role of roles) {
    expect(role).toMatchObject({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false });
  }
});

test("nothing of a context is left on the connection after its transaction", async () => {
  await withClub(home.as.staff, async () => undefined);
  const session = await database().as("APP");
  const [row] = await session.query("select current_setting('app.club', true) as club");
  await session.end();
  expect(row?.["club"] ?? "").toBe("");
});

test("an instant comes back as it was stored, although the server lives in another zone", async () => {
  const { conversation } = await makeInbound(home);
  const at = new Date("2026-11-01T05:30:00.123Z");
  await withClub(home.as.staff, (tx) => tx.db.conversation.updateMany({ where: { id: conversation.id }, data: { snoozedUntil: at } }));
  await withClub(home.as.staff, (tx) => tx.db.$executeRaw`update "Conversation" set "handBackAt" = ${at} where id = ${conversation.id}`);
  const row = await withClub(home.as.staff, (tx) => tx.db.conversation.findFirstOrThrow({ where: { id: conversation.id } }));
  const admin = await database().as("ADMIN");
  const [stored] = await admin.query(
    `select to_char("snoozedUntil" at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') as typed, "snoozedUntil" = "handBackAt" as same from "Conversation" where id = $1`,
    [conversation.id],
  );
  await admin.end();
  expect(row.snoozedUntil).toEqual(at);
  expect(row.handBackAt).toEqual(at);
  expect(stored).toEqual({ typed: "2026-11-01 05:30:00.123", same: true });
});

test("the clock of a transaction is the database's, and stands still where a test sets it", async () => {
  const fixedNow = new Date("2026-03-08T09:59:59.500Z");
  expect(await withSystem(({ now }) => Promise.resolve(now), { fixedNow })).toEqual(fixedNow);
});
