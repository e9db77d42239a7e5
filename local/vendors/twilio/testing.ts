import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { DemoClub } from "../../../prisma/demo.ts";
import { startReceiver } from "../_shared/testing-receiver.ts";
import type { Entry } from "./entries.ts";
import { startTwilio } from "./start-twilio.ts";

type World = { readonly club: DemoClub; readonly statuses?: number[]; readonly dataDir?: string; readonly publicUrl?: string };

/** A sandbox that delivers at once, a receiver of its webhooks, and the levers of both. */
export const startTwilioWorld = async ({ club, statuses, dataDir = mkdtempSync(join(tmpdir(), "twilio-")), publicUrl }: World) => {
  const app = await startReceiver(statuses);
  const sandbox = await startTwilio({
    port: 0,
    appUrl: app.url,
    publicUrl: publicUrl ?? app.url,
    dataDir,
    deliveryMs: 1,
    webhookPausesMs: [0, 1, 1],
  });
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
  const entries = async (): Promise<readonly Entry[]> => {
    const response = await fetch(`${sandbox.url}/_sandbox/log`);
    const log: { entries: Entry[] } = await response.json();
    return log.entries;
  };
  return {
    url: sandbox.url,
    appUrl: app.url,
    dataDir,
    arrivals: app.arrivals,
    textFrom: (from: string, text: string, mediaUrls: readonly string[] = []) =>
      control<{ message: { sid: string } }>("texts", { from, toClub: club.slug, text, mediaUrls }),
    /** As `textFrom`, with files that the vendor keeps itself. */
    sendFilesFrom: (from: string, files: readonly { readonly type: string; readonly contentBase64: string }[]) =>
      control<{ message: { sid: string; mediaUrls: readonly string[] } }>("texts", { from, toClub: club.slug, text: "", files }),
    staffText: (to: string, text: string) => control<{ message: { sid: string } }>("staff-texts", { club: club.slug, to, text }),
    fault: (fault: object) => control("faults", fault),
    entries,
    /** The words the vendor has accepted for one number over its API, from the accept log. */
    acceptedFor: async (to: string): Promise<string[]> =>
      (await entries()).flatMap((entry) =>
        entry.kind === "message" && entry.message.to === to && entry.message.source === "api" ? [entry.message.body] : [],
      ),
    closeVendor: sandbox.close,
    close: async () => {
      await sandbox.close();
      await app.close();
    },
  };
};
