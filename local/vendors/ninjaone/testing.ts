import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import type { Accepted } from "../_shared/accept-log.ts";
import type { Course, Run, SandboxDevice } from "./estate.ts";
import { startNinjaOne } from "./start-ninjaone.ts";

/** The golf club whose account tests use, as the sandbox knows it. */
export const ninjaOneOf = (slug: string) => {
  const account = DEMO_CLUBS.find((club) => club.slug === slug)?.ninjaOne;
  if (account === null || account === undefined) {
    throw new RangeError(`${slug} has no NinjaOne`);
  }
  const { clientSecret, ...settings } = account;
  return { credentials: { clientSecret }, settings, deviceId: (bay: number) => `${Number(account.organizationId) * 100 + bay}` };
};

/** A sandbox of its own on a free port, with its levers. */
export const startNinjaOneWorld = async ({ now = () => new Date() }: { readonly now?: () => Date } = {}) => {
  const sandbox = await startNinjaOne({ port: 0, dataDir: mkdtempSync(join(tmpdir(), "ninjaone-")), clubs: DEMO_CLUBS, now });
  const pull = async (method: "POST" | "DELETE", path: string, body?: object): Promise<void> => {
    const response = await fetch(`${sandbox.url}/_sandbox/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw new Error(`the sandbox refused ${path}: ${await response.text()}`);
    }
  };
  return {
    url: sandbox.url,
    fault: (fault: object) => pull("POST", "faults", fault),
    nextRun: (course: Partial<Course>) => pull("POST", "next-run", course),
    putDevice: (device: Partial<SandboxDevice>) => pull("POST", "devices", device),
    removeScript: (id: string) => pull("DELETE", `scripts/${id}`),
    addNoise: (noise: { readonly deviceId: number; readonly count: number; readonly at: string }) => pull("POST", "noise", noise),
    endTokens: () => pull("DELETE", "tokens"),
    runs: async (): Promise<readonly Accepted<Run>[]> => {
      const response = await fetch(`${sandbox.url}/_sandbox/log`);
      const log: { readonly entries: readonly Accepted<Run>[] } = await response.json();
      return log.entries;
    },
    close: sandbox.close,
  };
};
