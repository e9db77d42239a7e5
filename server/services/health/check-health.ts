import "server-only";

import { log } from "#server/platform/logger.ts";
import { withSystem } from "#server/platform/tenant.ts";

/** A monitor gives up after a few seconds; a database that answers later than this cannot serve people either. */
const PATIENCE_MS = 2_000;

export type Health = { readonly status: "ok" | "failing"; readonly database: "ok" | "unreachable" };

/** Asks the database for its clock. Never throws and never says why something fails: everybody may ask. */
export const checkHealth = async (): Promise<Health> => {
  const isUp = await Promise.race([answers(), timeIsUp()]);
  return isUp ? { status: "ok", database: "ok" } : { status: "failing", database: "unreachable" };
};

const answers = async (): Promise<boolean> => {
  try {
    await withSystem(async () => undefined);
    return true;
  } catch (error) {
    log.error({ error: error instanceof Error ? error.name : "unknown" }, "the database does not answer");
    return false;
  }
};

const timeIsUp = (): Promise<boolean> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(false), PATIENCE_MS).unref();
  });
