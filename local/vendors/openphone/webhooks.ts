import { createHmac, randomUUID } from "node:crypto";

import type { DemoClub } from "../../../prisma/demo.ts";
import type { FaultPlan } from "../_shared/faults.ts";
import type { OpenPhoneFault } from "./refusals.ts";

/**
 * Pauses before each attempt, in milliseconds. The real ones are 0, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h; these
 * are short enough that a demo whose app restarts gets its messages while people watch.
 */
export const ATTEMPT_PAUSES_MS: readonly number[] = [0, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000];

const ATTEMPT_TIMEOUT_MS = 15_000;

/** What one webhook tells, in the shapes of `webhook-bodies.ts`. */
export type News = {
  readonly type: string;
  readonly data: { readonly resource: object; readonly context: object; readonly links: { readonly quo: string } };
};

type Parcel = { readonly club: DemoClub; readonly id: string; readonly body: string };

/** Delivers signed webhooks in no particular order, each until it is taken or its attempts are used up. */
export const createWebhookSender = (input: {
  readonly appUrl: string;
  readonly faults: FaultPlan<OpenPhoneFault>;
  readonly now: () => Date;
  readonly pausesMs?: readonly number[];
}) => {
  const pauses = input.pausesMs ?? ATTEMPT_PAUSES_MS;
  const timers = new Set<NodeJS.Timeout>();
  const stop = new AbortController();

  const later = (delayMs: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, delayMs);
    timers.add(timer);
  };

  const deliver = async (parcel: Parcel, attempt: number): Promise<void> => {
    const isTaken = await post(parcel);
    const pause = pauses[attempt + 1];
    if (!isTaken && pause !== undefined && !stop.signal.aborted) {
      later(pause, () => void deliver(parcel, attempt + 1));
    }
  };

  const post = async ({ club, id, body }: Parcel): Promise<boolean> => {
    const timestamp = Math.floor(input.now().getTime() / 1_000).toString();
    try {
      const response = await fetch(`${input.appUrl}/api/webhooks/openphone/${club.connections.openPhone}`, {
        method: "POST",
        redirect: "manual",
        headers: {
          "content-type": "application/json",
          "webhook-id": id,
          "webhook-timestamp": timestamp,
          "webhook-signature": `v1,${sign({ key: club.openPhone.webhookKey, id, timestamp, body })}`,
        },
        body,
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
      });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  };

  return {
    announce: (club: DemoClub, news: News): void => {
      // Nobody has entered our address at this line: its messages are found by polling.
      if (club.connections.openPhone === "") {
        return;
      }
      const strike = (kind: "lost_webhook" | "late_webhook" | "duplicate_webhook") =>
        input.faults.strike({ operation: "webhook", club: club.slug, kinds: [kind] });
      if (strike("lost_webhook") !== null) {
        return;
      }
      const parcel = {
        club,
        id: `msg_${randomUUID().replaceAll("-", "")}`,
        body: JSON.stringify({
          id: `EV${randomUUID().replaceAll("-", "")}`,
          apiVersion: "2026-03-30",
          createdAt: input.now().toISOString(),
          ...news,
        }),
      };
      const late = strike("late_webhook");
      later((late?.delayMs ?? 0) + (pauses[0] ?? 0), () => void deliver(parcel, 0));
      if (strike("duplicate_webhook") !== null) {
        later(pauses[0] ?? 0, () => void deliver(parcel, 0));
      }
    },
    later,
    close: (): void => {
      stop.abort();
      for (const timer of timers) {
        clearTimeout(timer);
      }
    },
  };
};

/** Standard Webhooks: HMAC-SHA256 over `id.timestamp.body` with the key after `whsec_`. */
export const sign = (input: { readonly key: string; readonly id: string; readonly timestamp: string; readonly body: string }): string =>
  createHmac("sha256", Buffer.from(input.key.replace(/^whsec_/, ""), "base64"))
    .update(`${input.id}.${input.timestamp}.${input.body}`)
    .digest("base64");
