import { createECDH, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const SECRETS_FILE = "secrets.json";

/** Of the very length that browsers' key wants: a number of the curve may begin with zeros. */
const newPushKey = (): string => {
  const pair = createECDH("prime256v1");
  pair.generateKeys();
  return Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()])
    .subarray(-32)
    .toString("base64url");
};

const MAKERS = {
  NEXTAUTH_SECRET: () => randomBytes(32).toString("base64url"),
  CREDENTIALS_KEY: () => randomBytes(32).toString("base64"),
  ADDRESS_KEY: () => randomBytes(32).toString("base64"),
  PUSH_PRIVATE_KEY: () => newPushKey(),
  // The SDK takes what follows the prefix for hexadecimal.
  INNGEST_SIGNING_KEY: () => `signkey-prod-${randomBytes(32).toString("hex")}`,
  INNGEST_EVENT_KEY: () => randomBytes(24).toString("base64url"),
  PUSHER_APP_ID: () => `${100_000 + (randomBytes(3).readUIntBE(0, 3) % 900_000)}`,
  PUSHER_KEY: () => randomBytes(10).toString("hex"),
  PUSHER_SECRET: () => randomBytes(16).toString("hex"),
  ANTHROPIC_API_KEY: () => `stand-in-${randomBytes(16).toString("hex")}`,
} as const satisfies Record<string, () => string>;

export type Secrets = Readonly<Record<keyof typeof MAKERS, string>>;

/** The secrets of a data folder, made once and kept (mode 0600). A name that is new in this version is added. */
export const ensureSecrets = (dataDir: string): Secrets => {
  const file = path.join(dataDir, SECRETS_FILE);
  const kept: Partial<Secrets> = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Partial<Secrets>) : {};
  const made = Object.entries(MAKERS).map(([name, make]) => [name, kept[name as keyof Secrets] ?? make()]);
  const secrets = Object.fromEntries(made) as Secrets;
  if (Object.keys(kept).length !== made.length) {
    writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  }
  return secrets;
};
