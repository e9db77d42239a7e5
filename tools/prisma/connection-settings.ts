import type { PoolConfig } from "pg";

/** Connection settings as separate fields, because a connection string would win over the shadow database's name. */
export type ConnectionSettings = Pick<PoolConfig, "host" | "port" | "user" | "password" | "database" | "options" | "ssl">;

const DEFAULT_PORT = 5432;

/** Reads a `postgresql://` address. Sessions speak UTC whether or not the address says so. */
export const connectionSettings = (address: string): ConnectionSettings => {
  const url = new URL(address);
  const options = url.searchParams.get("options") ?? "";
  return {
    host: url.hostname,
    port: url.port === "" ? DEFAULT_PORT : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    options: options.includes("TimeZone") ? options : `${options} -c TimeZone=UTC`.trim(),
    ssl: sslOf(url.searchParams.get("sslmode")),
  };
};

/** `require` and stronger check the certificate; `no-verify` is the only way to encrypt without checking. */
const sslOf = (mode: string | null): boolean | { rejectUnauthorized: false } => {
  if (mode === null || mode === "disable" || mode === "allow" || mode === "prefer") {
    return false;
  }
  return mode === "no-verify" ? { rejectUnauthorized: false } : true;
};
