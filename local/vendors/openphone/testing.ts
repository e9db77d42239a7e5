import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { DemoClub } from "../../../prisma/demo.ts";
import { startReceiver } from "../_shared/testing-receiver.ts";
import type { StoredContact } from "./entries.ts";
import { startOpenPhone } from "./start-openphone.ts";

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
    callFrom: (from: string, call: { readonly isAnswered: boolean; readonly voicemail?: string }) =>
      control<{ call: { id: string } }>("calls", { from, toClub: club.slug, ...call }),
    fault: (fault: object) => control("faults", fault),
    /** The contacts the vendor has accepted, each time they were saved. */
    acceptedContacts: async (): Promise<readonly StoredContact[]> => {
      const response = await fetch(`${sandbox.url}/_sandbox/log?kind=contact`);
      const log: { entries: { contact: StoredContact }[] } = await response.json();
      return log.entries.map((entry) => entry.contact);
    },
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
