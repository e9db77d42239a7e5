import { newId } from "#server/platform/ids.ts";
import { PREFIX, type Kind } from "#server/domain/ids.ts";

type Query = (sql: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;

export type Table = {
  readonly name: string;
  /** `isUpdatable`: by the application; `allowed`: one value that the column's check lets pass. */
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly isRequired: boolean;
    readonly allowed: string | null;
    readonly isUpdatable: boolean;
  }[];
  readonly prefix: string | null;
};

const ID_PREFIX = /\^([a-z]+)_/;

/** Every table of the schema as the catalog tells it, so that a table added later is probed without a change here. */
export const readTables = async (query: Query): Promise<readonly Table[]> => {
  const columns = await query(`
    select c.relname as "table", a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull and not a.atthasdef as required,
           has_column_privilege('spotter_app', c.oid, a.attnum, 'UPDATE') as updatable,
           (select pg_get_constraintdef(k.oid) from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] limit 1) as "check"
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> '_prisma_migrations'
    order by c.relname, a.attnum`);
  const tables = new Map<string, Record<string, unknown>[]>();
  for (const column of columns) {
    tables.set(String(column["table"]), [...(tables.get(String(column["table"])) ?? []), column]);
  }
  return [...tables].map(([name, rows]) => ({
    name,
    prefix: ID_PREFIX.exec(String(rows.find((row) => row["name"] === "id")?.["check"] ?? ""))?.[1] ?? null,
    columns: rows.map((row) => ({
      name: String(row["name"]),
      type: String(row["type"]),
      isRequired: row["required"] === true,
      isUpdatable: row["updatable"] === true,
      allowed: row["check"] === null ? null : (/'\{?([a-z_]+)/.exec(String(row["check"]))?.[1] ?? null),
    })),
  }));
};

type Owner = { readonly franchiseId: string; readonly clubId: string };

/** Where a check ties columns together: values that go together. */
const TOGETHER: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  Attachment: { messageId: "msg_none" },
  SequenceEnrollment: { status: "active", dueAt: new Date("2026-11-20T17:00:00.000Z") },
};

/** One row that meets every check of its table, belonging to a club. References lead nowhere. */
export const rowFor = (table: Table, owner: Owner): Readonly<Record<string, unknown>> => {
  const own: Record<string, unknown> = {
    franchiseId: owner.franchiseId,
    clubId: owner.clubId,
    id: table.prefix === null ? undefined : freshId(table.prefix),
  };
  const wanted = table.columns.filter((column) => column.isRequired || column.name === "franchiseId" || column.name === "clubId");
  return {
    ...Object.fromEntries(wanted.map((column) => [column.name, own[column.name] ?? column.allowed ?? anyValue(column)])),
    ...TOGETHER[table.name],
  };
};

const freshId = (prefix: string): string => {
  const kind = (Object.keys(PREFIX) as Kind[]).find((key) => PREFIX[key] === prefix);
  if (kind === undefined) {
    throw new Error(`no kind has the prefix ${prefix}`);
  }
  return newId(kind);
};

let serial = 0;

const anyValue = ({ name, type }: Table["columns"][number]): unknown => {
  serial += 1;
  switch (type) {
    case "text":
      // Calendar days are texts, and some tables check that they are days.
      return name.endsWith("On") || name === "onDate" ? "2026-11-20" : `value ${serial}`;
    case "integer":
    case "bigint":
    case "double precision":
      return 1;
    case "boolean":
      return false;
    case "jsonb":
      return "{}";
    case "bytea":
      return Buffer.alloc(1);
    default:
      return new Date("2026-11-20T17:00:00.000Z");
  }
};

/** Text and values of an insert. */
export const insertOf = (table: Table, row: Readonly<Record<string, unknown>>): readonly [string, readonly unknown[]] => {
  const names = Object.keys(row);
  return [
    `insert into "${table.name}" (${names.map((name) => `"${name}"`).join(", ")}) values (${names.map((_name, index) => `$${index + 1}`).join(", ")})`,
    Object.values(row),
  ];
};
