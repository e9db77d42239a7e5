import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";

import { PROJECT_DIR } from "./paths.mjs";

export type Variables = Readonly<Record<string, string>>;

/** What the person who starts Spotter has set: environment before `.env`. An empty value counts as not set. */
export const ownSettings = (): Variables => {
  const file = path.join(PROJECT_DIR, ".env");
  const written = existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  return withoutEmpty({ ...withoutEmpty(written), ...withoutEmpty(process.env) });
};

/** Which parts the local stack provides; a part whose variables are set is somebody else's. */
export type Parts = {
  readonly hasOwnDatabase: boolean;
  readonly hasOwnEngine: boolean;
  readonly hasOwnRealtime: boolean;
  readonly hasOwnModel: boolean;
  /** Sandboxes of the vendors, with invented clubs. */
  readonly isDemo: boolean;
};

const DATABASE_VARIABLES = ["DATABASE_URL", "SYSTEM_DATABASE_URL", "OWNER_DATABASE_URL"];
const ENGINE_VARIABLES = ["INNGEST_SIGNING_KEY", "INNGEST_EVENT_KEY"];
const REALTIME_VARIABLES = ["PUSHER_APP_ID", "PUSHER_KEY", "PUSHER_SECRET"];

/** @throws when a part is configured by halves, which would mix the person's service with a local one */
export const partsOf = (own: Variables): Parts => ({
  hasOwnDatabase: isSet(own, { names: DATABASE_VARIABLES, what: "a database of your own" }),
  hasOwnEngine: isSet(own, { names: ENGINE_VARIABLES, what: "an Inngest server of your own" }),
  hasOwnRealtime: isSet(own, { names: REALTIME_VARIABLES, what: "a Pusher service of your own" }),
  hasOwnModel: own["ANTHROPIC_API_KEY"] !== undefined,
  isDemo: own["DEMO_MODE"] !== "off",
});

const isSet = (own: Variables, { names, what }: { names: readonly string[]; what: string }): boolean => {
  const missing = names.filter((name) => own[name] === undefined);
  if (missing.length > 0 && missing.length < names.length) {
    const present = names.filter((name) => own[name] !== undefined);
    throw new Error(
      `${present.join(", ")} is set, ${missing.join(", ")} is not. For ${what} set all of them; for the embedded one set none.`,
    );
  }
  return missing.length === 0;
};

const withoutEmpty = (variables: NodeJS.Dict<string>): Variables =>
  Object.fromEntries(Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ""));
