import { createHmac, randomUUID } from "node:crypto";

import type { CommonFault, FaultPlan } from "../_shared/faults.ts";
import type { SandboxClub } from "./books.ts";
import type { SquareFault } from "./refusals.ts";

/** Pauses before each attempt, in milliseconds. The real ones grow from a minute to hours, over a day. */
const ATTEMPT_PAUSES_MS: readonly number[] = [0, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000];
const ATTEMPT_TIMEOUT_MS = 10_000;

export type WireEvent = {
  readonly type: string;
  readonly location_id?: string;
  readonly data: { readonly type: string; readonly id: string; readonly object?: object; readonly deleted?: boolean };
};

type Parcel = { readonly club: SandboxClub; readonly body: string; readonly madeAt: string };

export type WebhookSender = ReturnType<typeof createWebhookSender>;

/** Delivers signed events one after the other, each again until it is taken or its attempts are used up. */
export const createWebhookSender = (input: {
  /** Where the product listens on this machine. */
  readonly appUrl: string;
  /** The address that was entered at Square: it is signed, wherever the call really goes. */
  readonly publicUrl: string;
  readonly faults: FaultPlan<CommonFault | SquareFault>;
  readonly now: () => Date;
  readonly pausesMs?: readonly number[] | undefined;
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

  const post = async ({ club, body, madeAt }: Parcel, attempt: number): Promise<boolean> => {
    const path = `/api/webhooks/square/${club.connectionId}`;
    try {
      const response = await fetch(`${input.appUrl}${path}`, {
        method: "POST",
        redirect: "manual",
        headers: {
          "content-type": "application/json",
          "x-square-hmacsha256-signature": sign({ key: club.square.signatureKey, url: `${input.publicUrl}${path}`, body }),
          "square-environment": "Sandbox",
          "square-version": "2026-09-16",
          "square-initial-delivery-timestamp": madeAt,
          ...(attempt === 0 ? {} : { "square-retry-number": `${attempt}`, "square-retry-reason": "http_error" }),
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

  const deliver = async (parcel: Parcel, attempt = 0): Promise<void> => {
    const isTaken = await post(parcel, attempt);
    const pause = pauses[attempt + 1];
    if (!isTaken && pause !== undefined && !stop.signal.aborted) {
      later(pause, () => void deliver(parcel, attempt + 1));
    }
  };

  const parcelOf = (club: SandboxClub, event: WireEvent): Parcel => {
    const madeAt = input.now().toISOString();
    return {
      club,
      madeAt,
      body: JSON.stringify({ merchant_id: club.square.merchantId, event_id: randomUUID(), created_at: madeAt, ...event }),
    };
  };

  const deliverAll = async (parcels: readonly Parcel[]): Promise<void> => {
    for (const parcel of parcels) {
      await deliver(parcel);
    }
  };

  return {
    /** News of one deed, in order, unless a fault has it otherwise. */
    announce: (club: SandboxClub, events: readonly WireEvent[]): void => {
      const strike = (kind: "lost_webhook" | "late_webhook" | "duplicate_webhook" | "reversed_webhooks") =>
        input.faults.strike({ operation: "webhook", club: club.slug, kinds: [kind] });
      const parcels: Parcel[] = [];
      for (const event of events) {
        const parcel = parcelOf(club, event);
        const late = strike("late_webhook");
        if (strike("lost_webhook") !== null) {
          continue;
        }
        if (late !== null) {
          later(late.delayMs, () => void deliver(parcel));
          continue;
        }
        parcels.push(parcel, ...(strike("duplicate_webhook") === null ? [] : [parcel]));
      }
      const ordered = parcels.length > 1 && strike("reversed_webhooks") !== null ? parcels.toReversed() : parcels;
      later(pauses[0] ?? 0, () => void deliverAll(ordered));
    },
    close: (): void => {
      stop.abort();
      for (const timer of timers) {
        clearTimeout(timer);
      }
    },
  };
};

/** HMAC-SHA256 over address and body, with the key as it stands. */
const sign = ({ key, url, body }: { readonly key: string; readonly url: string; readonly body: string }): string =>
  createHmac("sha256", key).update(`${url}${body}`).digest("base64");
