import "server-only";

import { randomBytes } from "node:crypto";

import { DomainError } from "#server/domain/errors.ts";
import { env } from "#server/platform/env.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { createConnection, type CreateConnectionResult } from "./create-connection.ts";

const LINE_BYTES = 5;

/**
 * Connects a text line of the OpenPhone sandbox, which opens one for every key of this form (local/vendors/openphone). The
 * same road as a real line: tried at the vendor, sealed, stored, audited. @throws `precondition_failed` where no sandbox runs
 */
export const connectSandbox = async (ctx: ServiceContext): Promise<CreateConnectionResult> => {
  assertCan(ctx, "connection.manage");
  if (env.DEMO_MODE === "off") {
    throw new DomainError("precondition_failed", "no sandbox runs in this installation");
  }
  const line = randomBytes(LINE_BYTES).toString("hex");
  return createConnection(ctx, {
    provider: "openphone",
    name: "Sandbox text line",
    values: { apiKey: `sandbox-line-${line}`, phoneNumberId: `PNline${line}`, webhookKey: "", userId: "" },
  });
};
