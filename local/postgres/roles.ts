import pg from "pg";

import type { AdminAccess, Passwords } from "./cluster.ts";

/** Addresses of one database for each of its roles; every session is told to speak UTC. */
export type DatabaseUrls = {
  /** Superuser. For making databases, never for the product. */
  readonly adminUrl: string;
  /** Owns the tables; runs migrations and the seed. Neither superuser nor exempt from row-level security. */
  readonly ownerUrl: string;
  /** The application. */
  readonly appUrl: string;
  /** Relay, sweeps, sign-in. */
  readonly systemUrl: string;
  /** The local executor's own database. */
  readonly executorUrl: string;
};

const ROLES = { owner: "spotter_owner", app: "spotter_app", system: "spotter_system", executor: "spotter_executor" } as const;

export const DATABASE = "spotter";
const EXECUTOR_DATABASE = "spotter_executor";

/** Makes roles and databases that are missing and sets the passwords; safe to repeat. Migrations do the granting. */
export const ensureRoles = async (access: AdminAccess, passwords: Passwords): Promise<void> => {
  await withClient({ ...access, database: "postgres" }, async (client) => {
    const known = await client.query<{ rolname: string }>("select rolname from pg_roles");
    for (const [key, role] of Object.entries(ROLES) as [keyof typeof ROLES, string][]) {
      const verb = known.rows.some((row) => row.rolname === role) ? "alter" : "create";
      await client.query(
        `${verb} role ${role} login nosuperuser nocreatedb nocreaterole nobypassrls password ${client.escapeLiteral(passwords[key])}`,
      );
    }
    await ensureDatabase(client, { name: DATABASE, owner: ROLES.owner, guests: [ROLES.app, ROLES.system] });
    await ensureDatabase(client, { name: EXECUTOR_DATABASE, owner: ROLES.executor, guests: [] });
  });
};

/** Makes a database like the product's own: same owner, same right to connect. `template` copies another one. */
export const createDatabase = async (
  client: pg.Client,
  { name, template = "template0" }: { name: string; template?: string },
): Promise<void> => {
  await client.query(`create database ${client.escapeIdentifier(name)} owner ${ROLES.owner} template ${client.escapeIdentifier(template)}`);
  await restrict(client, { name, guests: [ROLES.app, ROLES.system] });
};

export const databaseUrls = (
  access: AdminAccess,
  { passwords, database = DATABASE }: { passwords: Passwords; database?: string },
): DatabaseUrls => {
  const url = (user: string, { password, name }: { password: string; name: string }): string =>
    `postgresql://${user}:${encodeURIComponent(password)}@${access.host}:${access.port}/${name}?options=${encodeURIComponent("-c TimeZone=UTC")}`;
  return {
    adminUrl: url(access.user, { password: passwords.admin, name: database }),
    ownerUrl: url(ROLES.owner, { password: passwords.owner, name: database }),
    appUrl: url(ROLES.app, { password: passwords.app, name: database }),
    systemUrl: url(ROLES.system, { password: passwords.system, name: database }),
    executorUrl: url(ROLES.executor, { password: passwords.executor, name: EXECUTOR_DATABASE }),
  };
};

/** The same address with another database. */
export const databaseAt = (address: string, name: string): string => {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
};

export const withClient = async <T>(settings: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(settings);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

type DatabasePlan = { readonly name: string; readonly owner: string; readonly guests: readonly string[] };

const ensureDatabase = async (client: pg.Client, { name, owner, guests }: DatabasePlan): Promise<void> => {
  const found = await client.query("select 1 from pg_database where datname = $1", [name]);
  if (found.rowCount === 0) {
    await client.query(`create database ${name} owner ${owner} template template0`);
  }
  await restrict(client, { name, guests });
};

const restrict = async (client: pg.Client, { name, guests }: { name: string; guests: readonly string[] }): Promise<void> => {
  const database = client.escapeIdentifier(name);
  await client.query(`revoke connect, temporary on database ${database} from public`);
  if (guests.length > 0) {
    await client.query(`grant connect on database ${database} to ${guests.join(", ")}`);
  }
};
