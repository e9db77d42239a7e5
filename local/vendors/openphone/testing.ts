import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { DemoClub } from "../../../prisma/demo.ts";
import { startOpenPhone } from "./start-openphone.ts";

export type Arrival = {
  readonly path: string;
  readonly request: { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly rawBody: Uint8Array };
};

/** Takes the product's place: answers webhooks with the given statuses, then 200, and keeps them in order of arrival. */
export const startReceiver = async (statuses: number[] = []) => {
  const arrived: Arrival[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    arrived.push({ path: request.url ?? "", request: { url: request.url ?? "", headers, rawBody: Buffer.concat(chunks) } });
    response.writeHead(statuses.shift() ?? 200).end();
    waiting.splice(0).forEach((wake) => wake());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}`,
    /** Resolves once so many webhooks have come. */
    arrivals: async (count: number): Promise<readonly Arrival[]> => {
      while (arrived.length < count) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      return arrived;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

type World = { readonly club: DemoClub; readonly statuses?: number[]; readonly dataDir?: string; readonly requestsPerSecond?: number };

/** A sandbox that delivers at once, a receiver of its webhooks, and the levers of both. */
export const startOpenPhoneWorld = async ({
  club,
  statuses,
  dataDir = mkdtempSync(join(tmpdir(), "openphone-")),
  requestsPerSecond = 1_000,
}: World) => {
  const app = await startReceiver(statuses);
  const sandbox = await startOpenPhone({ port: 0, appUrl: app.url, dataDir, deliveryMs: 1, webhookPausesMs: [0, 1, 1], requestsPerSecond });
  const control = async <T>(path: string, body: unknown): Promise<T> => {
    const response = await fetch(`${sandbox.url}/_sandbox/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.status !== 201) {
      throw new Error(`the sandbox refused ${path}: ${await response.text()}`);
    }
    return response.json();
  };
  return {
    url: sandbox.url,
    dataDir,
    arrivals: app.arrivals,
    textFrom: (from: string, text: string) => control<{ message: { id: string } }>("texts", { from, toClub: club.slug, text }),
    staffText: (to: string, text: string) =>
      control("staff-texts", { clubPhoneNumberId: club.openPhone.phoneNumberId, to, text, staffName: "Tansy" }),
    fault: (fault: Record<string, unknown>) => control("faults", fault),
    /** The words the vendor has accepted for one number, from the accept log. */
    acceptedFor: async (to: string): Promise<string[]> => {
      const response = await fetch(`${sandbox.url}/_sandbox/log?to=${encodeURIComponent(to)}`);
      const log: { entries: { message: { text: string } }[] } = await response.json();
      return log.entries.map((entry) => entry.message.text);
    },
    closeVendor: sandbox.close,
    close: async () => {
      await sandbox.close();
      await app.close();
    },
  };
};
