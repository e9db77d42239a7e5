import path from "node:path";

import { Hono } from "hono";
import { z } from "zod";

import { DEMO_CLUBS, type DemoClub } from "../../../prisma/demo.ts";
import { openAcceptLog } from "../_shared/accept-log.ts";
import { createControl } from "../_shared/control.ts";
import { COMMON_FAULTS, createFaultPlan, type CommonFault } from "../_shared/faults.ts";
import type { LocalServer } from "../serve-app.ts";
import { createApi } from "./api.ts";
import { ensureCertificate, renewCertificate } from "./certificate.ts";
import { createController, type Controller, type Deed, type Entry } from "./controller.ts";
import { serveTls } from "./serve-tls.ts";
import { createWebhooks } from "./webhooks.ts";

export type UnifiAccessOptions = {
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the product listens for webhooks. */
  readonly appUrl: string;
  /** Holds `unifi-access.jsonl`, the accept log, and `unifi-access.pem`, the certificate. */
  readonly dataDir: string;
  readonly clubs?: readonly DemoClub[];
  readonly now?: () => Date;
};

export type UnifiAccessSandbox = LocalServer & {
  /** SHA-256 of the certificate it shows now. */
  readonly fingerprint: () => string;
  /** A lever without the detour over https: `POST /_sandbox/<path>` with this body. */
  readonly lever: (path: string, body: unknown) => Promise<Response>;
};

const BadgeBody = z.object({ club: z.string(), user: z.string(), door: z.string().optional() });
const OfflineBody = z.object({ club: z.string(), door: z.string(), isOffline: z.boolean() });

/**
 * The sandbox of the UniFi Access developer API: one https server with a certificate of its own that stands for the
 * controllers of all clubs, told apart by their tokens. Levers: `badge` (a person holds a card to a door), `offline`
 * (a door's device), `certificate` (a new one, as after a reset).
 */
export const startUnifiAccess = async (options: UnifiAccessOptions): Promise<UnifiAccessSandbox> => {
  const { clubs = DEMO_CLUBS, now = () => new Date() } = options;
  const log = openAcceptLog<Entry>(path.join(options.dataDir, "unifi-access.jsonl"));
  const certificatePath = path.join(options.dataDir, "unifi-access.pem");
  let certificate = await ensureCertificate(certificatePath);
  const faults = createFaultPlan<CommonFault>();
  const controllers = clubs.filter(({ unifi }) => unifi !== null).map((club) => createController({ club, log }));
  const webhooks = createWebhooks({ appUrl: options.appUrl, faults, now });
  const accept = (controller: Controller, deed: Deed) => {
    const accepted = log.append({ club: controller.club.slug, ...deed }, now());
    webhooks.announce(controller, accepted);
    return accepted;
  };

  const app = new Hono();
  app.get("/", (c) => c.text("Sandbox of the UniFi Access developer API, not a real controller.\n"));
  app.route("/", createControl({ kinds: COMMON_FAULTS, faults, log }));
  addLevers(app, { controllers, accept });
  app.post("/_sandbox/certificate", async (c) => {
    certificate = await renewCertificate(certificatePath);
    server.show(certificate);
    return c.json({ fingerprint: certificate.fingerprint }, 201);
  });
  app.route("/", createApi({ controllerOf: (token) => controllers.find(({ club }) => club.unifi?.token === token), faults, accept }));
  const server = await serveTls(app, { port: options.port, certificate });
  process.stdout.write(`unifi access: sandbox of the UniFi Access developer API, not a real controller, at ${server.url}\n`);
  return {
    url: server.url,
    fingerprint: () => certificate.fingerprint,
    lever: async (lever, body) =>
      app.request(`/_sandbox/${lever}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    close: async () => {
      webhooks.close();
      await server.close();
    },
  };
};

type Levers = {
  readonly controllers: readonly Controller[];
  readonly accept: (controller: Controller, deed: Deed) => unknown;
};

const addLevers = (app: Hono, { controllers, accept }: Levers): void => {
  app.post("/_sandbox/badge", async (c) => {
    const body = BadgeBody.safeParse(await c.req.json().catch(() => null));
    const controller = controllers.find(({ club }) => club.slug === body.data?.club);
    const person = controller?.people.find(({ id, employeeNumber }) => id === body.data?.user || employeeNumber === body.data?.user);
    const door = controller?.doors.find(({ id }) => id === body.data?.door) ?? controller?.doors[0];
    if (controller === undefined || person === undefined || door === undefined) {
      return c.json({ error: "a club with a controller and one of its users are needed" }, 400);
    }
    const name = `${person.firstName} ${person.lastName}`;
    const isGranted = controller.letsIn(person.id);
    accept(controller, { kind: "badge", doorId: door.id, userId: person.id, name, isGranted });
    return c.json({ isGranted }, 201);
  });
  app.post("/_sandbox/offline", async (c) => {
    const body = OfflineBody.safeParse(await c.req.json().catch(() => null));
    const controller = controllers.find(({ club }) => club.slug === body.data?.club);
    if (!body.success || controller === undefined) {
      return c.json({ error: "club, door and isOffline are needed" }, 400);
    }
    controller.setOffline(body.data.door, body.data.isOffline);
    return c.json({ isOffline: body.data.isOffline }, 201);
  });
};
