import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { DEMO_CLUBS, type DemoClub } from "../../../prisma/demo.ts";
import { startReceiver } from "../_shared/testing-receiver.ts";
import { openAcceptLog } from "../_shared/accept-log.ts";
import { createController, type Entry } from "./controller.ts";
import { startUnifiAccess } from "./start-unifi-access.ts";

/** The demo's first club with a door controller. */
export const unifiClub = (): DemoClub & { readonly unifi: NonNullable<DemoClub["unifi"]> } => {
  const club = DEMO_CLUBS.find(({ unifi }) => unifi !== null);
  if (club?.unifi == null) {
    throw new Error("no demo club has a door controller");
  }
  return { ...club, unifi: club.unifi };
};

/** The sandbox, a receiver of its webhooks, and its levers. */
export const startUnifiWorld = async ({ appUrl }: { readonly appUrl?: string } = {}) => {
  const club = unifiClub();
  const app = await startReceiver();
  const dataDir = mkdtempSync(path.join(tmpdir(), "unifi-"));
  const sandbox = await startUnifiAccess({ port: 0, appUrl: appUrl ?? app.url, dataDir });
  const pull = async (lever: string, body: Readonly<Record<string, unknown>>): Promise<void> => {
    const response = await sandbox.lever(lever, body);
    if (!response.ok) {
      throw new Error(`the sandbox refused ${lever}: ${await response.text()}`);
    }
  };
  const file = path.join(dataDir, "unifi-access.jsonl");
  const controller = createController({ club, log: openAcceptLog<Entry>(file) });
  return {
    club,
    url: sandbox.url,
    fingerprint: sandbox.fingerprint,
    doors: controller.doors,
    people: controller.people,
    arrivals: app.arrivals,
    /** What the controller has accepted, read from the file itself. */
    accepted: <K extends Entry["kind"]>(kind: K) =>
      openAcceptLog<Entry>(file)
        .entries()
        .filter((entry): entry is Extract<typeof entry, { readonly kind: K }> => entry.kind === kind),
    fault: (fault: Readonly<Record<string, unknown>>) => pull("faults", fault),
    badge: (user: string, door?: string) => pull("badge", { club: club.slug, user, ...(door === undefined ? {} : { door }) }),
    setOffline: (door: string, isOffline: boolean) => pull("offline", { club: club.slug, door, isOffline }),
    renewCertificate: () => pull("certificate", {}),
    close: async () => {
      await sandbox.close();
      await app.close();
    },
  };
};

export type UnifiWorld = Awaited<ReturnType<typeof startUnifiWorld>>;
