import { startModel } from "#local/model/start-model.ts";
import { startPhone } from "#local/phone/start-phone.ts";
import { createTrafficSwitch } from "#local/phone/traffic.ts";
import { startRealtime } from "#local/realtime/start-realtime.ts";
import { startClubOs } from "#local/vendors/clubos/start-clubos.ts";
import { startEmail } from "#local/vendors/email/start-email.ts";
import { startNinjaOne } from "#local/vendors/ninjaone/start-ninjaone.ts";
import { startSlack } from "#local/vendors/slack/start-slack.ts";
import { startOpenPhone } from "#local/vendors/openphone/start-openphone.ts";
import { startSquare } from "#local/vendors/square/start-square.ts";
import { startTwilio } from "#local/vendors/twilio/start-twilio.ts";
import { startDemoRelays } from "#local/vendors/unifi-access/demo-relays.ts";
import { startUnifiAccess } from "#local/vendors/unifi-access/start-unifi-access.ts";

import { DEMO_CLUBS } from "../prisma/demo.ts";

/** Chosen by us: a member texts somewhere about every 21 to 60 seconds. */
const TRAFFIC_INTERVAL_MS = 35_000;
/** Chosen by us: what is still open then is left to the end of the process. */
const CLOSE_WITHIN_MS = 900;

type Part = { readonly close: () => Promise<void> };

/** Everything the local stack runs in place of hosted services, in one process, from SPOTTER_PORT + 3 on. */
const startSandbox = async (settings: Settings): Promise<Part[]> => {
  const vendors = settings.isDemo ? await startVendors(settings) : [];
  const model = await startModel({ port: settings.port + 4 });
  // Last, because whoever waits for this process looks at this port.
  const realtime = await startRealtime({ port: settings.port + 3, hasClientEvents: true, ...settings.realtime });
  return [...vendors, model, realtime];
};

const startVendors = async ({ port, appUrl, publicUrl, dataDir, hasTraffic }: Settings): Promise<Part[]> => {
  const openPhone = await startOpenPhone({ port: port + 5, appUrl, dataDir, clubs: DEMO_CLUBS });
  const clubOs = await startClubOs({ port: port + 6, dataDir, clubs: DEMO_CLUBS });
  const slack = await startSlack({ port: port + 10, appUrl, dataDir, clubs: DEMO_CLUBS });
  const ninjaOne = await startNinjaOne({ port: port + 11, dataDir, clubs: DEMO_CLUBS });
  const twilio = await startTwilio({ port: port + 8, appUrl, publicUrl, dataDir, clubs: DEMO_CLUBS });
  const square = await startSquare({ port: port + 9, appUrl, publicUrl, dataDir, clubs: DEMO_CLUBS });
  const email = await startEmail({ ports: { smtp: port + 13, imap: port + 14, levers: port + 15 }, dataDir, clubs: DEMO_CLUBS });
  const unifi = await startUnifiAccess({ port: port + 12, appUrl, dataDir, clubs: DEMO_CLUBS });
  const relays = startDemoRelays({ clubs: DEMO_CLUBS, appUrl, controllerUrl: unifi.url, fingerprint: unifi.fingerprint() });
  const urls = { openPhoneUrl: openPhone.url, clubOsUrl: clubOs.url };
  const traffic = createTrafficSwitch({ ...urls, intervalMs: TRAFFIC_INTERVAL_MS });
  const phone = await startPhone({ port: port + 7, ...urls, appUrl: publicUrl, traffic });
  traffic.turn(hasTraffic);
  const stopTraffic: Part = { close: async () => traffic.turn(false) };
  return [stopTraffic, relays, unifi, phone, clubOs, openPhone, slack, ninjaOne, twilio, square, email];
};

const readSettings = (env: NodeJS.ProcessEnv) => {
  const port = Number(env["SPOTTER_PORT"] ?? "3000");
  const appUrl = env["SPOTTER_APP_URL"] ?? `http://127.0.0.1:${port}`;
  return {
    port,
    appUrl,
    /** What people see, when a proxy stands before the app. */
    publicUrl: env["APP_URL"] ?? appUrl,
    dataDir: env["SPOTTER_DATA_DIR"] ?? ".spotter/sandbox",
    hasTraffic: env["SPOTTER_TRAFFIC"] !== "off",
    isDemo: env["DEMO_MODE"] !== "off",
    realtime: {
      appId: env["PUSHER_APP_ID"] ?? "spotter",
      key: env["PUSHER_KEY"] ?? "spotter-local",
      secret: env["PUSHER_SECRET"] ?? "spotter-local-secret",
    },
  };
};

type Settings = ReturnType<typeof readSettings>;

const parts = await startSandbox(readSettings(process.env));

let isClosing = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (isClosing) {
      return;
    }
    isClosing = true;
    setTimeout(() => process.exit(0), CLOSE_WITHIN_MS).unref();
    void Promise.allSettled(parts.map((part) => part.close())).then(() => process.exit(0));
  });
}
