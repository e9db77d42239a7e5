import path from "node:path";

import type { DatabaseUrls } from "../postgres/roles.ts";
import type { Parts, Variables } from "./own-settings.ts";
import type { Ports } from "./ports.ts";
import type { Secrets } from "./secrets.ts";

export type EnvironmentInput = {
  readonly ports: Ports;
  readonly dataDir: string;
  readonly secrets: Secrets;
  readonly own: Variables;
  readonly parts: Parts;
  /** Addresses of the embedded server, when it runs. */
  readonly embedded: DatabaseUrls | null;
  readonly hasTraffic: boolean;
};

/** What each process is told. Only migrations and seed learn the owner's address, only the executor its own database. */
export type Environments = {
  readonly appUrl: string;
  readonly web: Variables;
  readonly owner: Variables;
  readonly executor: Variables;
  readonly sandbox: Variables;
};

const LOCAL_HOST = "127.0.0.1";
const PRIVATE_NAMES = new Set(["OWNER_DATABASE_URL", "ADMIN_DATABASE_URL", "EXECUTOR_DATABASE_URL"]);

/** Where the sandboxes keep what they accepted, apart from the keys and the database. */
export const sandboxDir = (dataDir: string): string => path.join(dataDir, "sandbox");

export const environmentsFor = (input: EnvironmentInput): Environments => {
  const { ports, dataDir, own, embedded, hasTraffic } = input;
  const appUrl = own["APP_URL"] ?? local(ports.app);
  const stack = {
    SPOTTER_APP_URL: local(ports.app),
    SPOTTER_PORT: `${ports.app}`,
    SPOTTER_DATA_DIR: sandboxDir(dataDir),
    SPOTTER_TRAFFIC: hasTraffic ? "on" : "off",
    APP_URL: appUrl,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    TZ: "UTC",
  };
  const product = { ...productDefaults(input, appUrl), ...own, ...stack };
  const web = Object.fromEntries(Object.entries(product).filter(([name]) => !PRIVATE_NAMES.has(name)));
  const ownerUrl = own["OWNER_DATABASE_URL"] ?? embedded?.ownerUrl ?? "";
  const executorUrl = own["EXECUTOR_DATABASE_URL"] ?? embedded?.executorUrl ?? "";
  return {
    appUrl,
    web,
    owner: { ...web, OWNER_DATABASE_URL: ownerUrl },
    executor: {
      ...systemOf(own),
      ...only(product, ["INNGEST_SIGNING_KEY", "INNGEST_EVENT_KEY"]),
      ...stack,
      EXECUTOR_PORT: `${ports.executor}`,
      EXECUTOR_DATABASE_URL: executorUrl,
    },
    sandbox: {
      ...systemOf(own),
      ...only(product, ["PUSHER_APP_ID", "PUSHER_KEY", "PUSHER_SECRET", "ANTHROPIC_API_KEY", "DEMO_MODE"]),
      ...stack,
    },
  };
};

/** What the product reads when nobody has set it. A part that is somebody else's gets no defaults of ours. */
const productDefaults = ({ ports, secrets, parts, embedded }: EnvironmentInput, appUrl: string): Record<string, string> => ({
  NEXTAUTH_URL: appUrl,
  NEXTAUTH_SECRET: secrets.NEXTAUTH_SECRET,
  CREDENTIALS_KEY: secrets.CREDENTIALS_KEY,
  ADDRESS_KEY: secrets.ADDRESS_KEY,
  PUSH_PRIVATE_KEY: secrets.PUSH_PRIVATE_KEY,
  ...(parts.hasOwnDatabase || embedded === null ? {} : { DATABASE_URL: embedded.appUrl, SYSTEM_DATABASE_URL: embedded.systemUrl }),
  ...(parts.hasOwnEngine
    ? {}
    : {
        INNGEST_BASE_URL: local(ports.executor),
        INNGEST_SIGNING_KEY: secrets.INNGEST_SIGNING_KEY,
        INNGEST_EVENT_KEY: secrets.INNGEST_EVENT_KEY,
      }),
  ...(parts.hasOwnRealtime
    ? {}
    : {
        PUSHER_APP_ID: secrets.PUSHER_APP_ID,
        PUSHER_KEY: secrets.PUSHER_KEY,
        PUSHER_SECRET: secrets.PUSHER_SECRET,
        PUSHER_HOST: LOCAL_HOST,
        PUSHER_PORT: `${ports.realtime}`,
        PUSHER_USE_TLS: "off",
      }),
  ...(parts.hasOwnModel
    ? {}
    : {
        ANTHROPIC_API_KEY: secrets.ANTHROPIC_API_KEY,
        ANTHROPIC_BASE_URL: local(ports.model),
        // What the stand-in says it allows (local/model/limits.ts).
        AGENT_REQUESTS_PER_MINUTE: "4000",
        AGENT_INPUT_TOKENS_PER_MINUTE: "2000000",
      }),
  ...(parts.isDemo
    ? {
        DEMO_MODE: "on",
        OPENPHONE_BASE_URL: local(ports.openPhone),
        CLUBOS_BASE_URL: local(ports.clubOs),
        CLUBHUB_BASE_URL: local(ports.clubOs),
        TWILIO_BASE_URL: local(ports.twilio),
        SQUARE_BASE_URL: local(ports.square),
        SLACK_BASE_URL: local(ports.slack),
        NINJAONE_BASE_URL: local(ports.ninjaOne),
        // The sandbox's mail server is an address that a user typed, on this machine.
        CONNECT_ALLOW_RANGES: `${LOCAL_HOST}/32`,
      }
    : {}),
});

const local = (port: number): string => `http://${LOCAL_HOST}:${port}`;

const only = (variables: Variables, names: readonly string[]): Variables =>
  Object.fromEntries(names.flatMap((name) => (variables[name] === undefined ? [] : [[name, variables[name]]])));

const SYSTEM_NAMES = new Set(["PATH", "HOME", "LANG", "TMPDIR", "NODE_OPTIONS", "NODE_EXTRA_CA_CERTS", "LOG_LEVEL", "CHROMIUM_PATH"]);

/** What any program needs of a person's environment, and the settings of the stack itself; none of the secrets in it. */
export const systemOf = (own: Variables): Variables =>
  Object.fromEntries(Object.entries(own).filter(([name]) => SYSTEM_NAMES.has(name) || name.startsWith("SPOTTER_")));
