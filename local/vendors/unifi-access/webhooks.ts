import { createHmac } from "node:crypto";

import type { Accepted } from "../_shared/accept-log.ts";
import type { CommonFault, FaultPlan } from "../_shared/faults.ts";
import type { Controller, Entry } from "./controller.ts";
import { isOpening, webhookShape } from "./shapes.ts";

type Input = {
  /** Where the product listens; calls go to its `/api/webhooks/unifi_access/<connection>`. */
  readonly appUrl: string;
  readonly faults: FaultPlan<CommonFault>;
  readonly now: () => Date;
};

/** Tells the product of openings, once each and without trying again: of the real one's persistence nothing is known. */
export const createWebhooks = ({ appUrl, faults, now }: Input) => {
  const timers = new Set<NodeJS.Timeout>();

  const deliver = async (controller: Controller, rawBody: string): Promise<void> => {
    const { unifi, connections } = controller.club;
    const strike = (kind: CommonFault) => faults.strike({ operation: "webhook", club: controller.club.slug, kinds: [kind] });
    const skewMs = strike("clock_skew")?.delayMs ?? 0;
    const time = `${Math.floor((now().getTime() + skewMs) / 1_000)}`;
    const signature = createHmac("sha256", unifi?.webhookSecret ?? "")
      .update(`${time}.${rawBody}`)
      .digest("hex");
    try {
      await fetch(`${appUrl}/api/webhooks/unifi_access/${connections.unifiAccess ?? ""}`, {
        method: "POST",
        headers: { "content-type": "application/json", signature: `t=${time},v1=${signature}` },
        body: rawBody,
        signal: AbortSignal.timeout(5_000),
      });
    } catch {
      // The controller has nobody to tell that nobody listened.
    }
  };

  const announce = (controller: Controller, entry: Accepted<Entry>): void => {
    if (!isOpening(entry)) {
      return;
    }
    const place = { operation: "webhook", club: controller.club.slug };
    if (faults.strike({ ...place, kinds: ["lost_webhook"] }) !== null) {
      return;
    }
    const rawBody = JSON.stringify(webhookShape(controller, entry));
    const late = faults.strike({ ...place, kinds: ["late_webhook"] });
    const times = faults.strike({ ...place, kinds: ["duplicate_webhook"] }) === null ? 1 : 2;
    const timer = setTimeout(() => {
      timers.delete(timer);
      for (let count = 0; count < times; count += 1) {
        void deliver(controller, rawBody);
      }
    }, late?.delayMs ?? 0);
    timers.add(timer);
  };

  return { announce, close: () => timers.forEach((timer) => clearTimeout(timer)) };
};
