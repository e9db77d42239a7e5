import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DEMO_CLUBS, type DemoClub } from "../../../prisma/demo.ts";
import type { Accepted } from "../_shared/accept-log.ts";
import { startReceiver } from "../_shared/testing-receiver.ts";
import type { Entry, Payment } from "./books.ts";
import { startSquare } from "./start-square.ts";

/** The account of a club as the product stores it. */
export const squareOf = (slug: string) => {
  const club = DEMO_CLUBS.find((one) => one.slug === slug);
  if (club?.square == null || club.connections.square === null) {
    throw new RangeError(`${slug} has no Square`);
  }
  const { accessToken, signatureKey, locationId } = club.square;
  return { connectionId: club.connections.square, credentials: { accessToken, signatureKey }, settings: { locationId } };
};

type World = {
  readonly dataDir?: string;
  /** Instead of the clubs of the demo. */
  readonly clubs?: readonly DemoClub[];
  readonly publicUrl?: string;
  readonly statuses?: number[];
  readonly searchLagMs?: number;
  readonly now?: () => Date;
};

/** A sandbox on a free port, a receiver of its webhooks in the product's place, and the levers of both. */
export const startSquareWorld = async ({ dataDir = mkdtempSync(join(tmpdir(), "square-")), statuses, ...options }: World = {}) => {
  const app = await startReceiver(statuses);
  const sandbox = await startSquare({ port: 0, appUrl: app.url, dataDir, webhookPausesMs: [0, 1, 1, 1], ...options });
  const pull = async <T>(path: string, body: object): Promise<T> => {
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
  const entries = async (): Promise<readonly Accepted<Entry>[]> => {
    const response = await fetch(`${sandbox.url}/_sandbox/log`);
    const log: { readonly entries: readonly Accepted<Entry>[] } = await response.json();
    return log.entries;
  };
  return {
    url: sandbox.url,
    dataDir,
    arrivals: async (count: number) => (await app.arrivals(count)).map(({ request }) => request),
    fault: async (fault: object): Promise<void> => {
      await pull("faults", fault);
    },
    clearFaults: () => fetch(`${sandbox.url}/_sandbox/faults`, { method: "DELETE" }),
    pay: async (body: { readonly link: string; readonly amount?: number } | { readonly invoice: string; readonly amount?: number }) =>
      (await pull<{ payment: Payment }>("pay", body)).payment,
    refund: async (body: { readonly payment: string; readonly amount?: number }) =>
      (await pull<{ payment: Payment }>("refund", body)).payment,
    editDraft: (invoice: string) => pull("edit-draft", { invoice }),
    revoke: (club: string) => pull("revoke", { club }),
    entries,
    /** How often the sandbox has accepted this, from its accept log. */
    count: async (kind: Entry["kind"], act: Entry["act"]) =>
      (await entries()).filter((entry) => entry.kind === kind && entry.act === act).length,
    closeVendor: sandbox.close,
    close: async () => {
      await sandbox.close();
      await app.close();
    },
  };
};
