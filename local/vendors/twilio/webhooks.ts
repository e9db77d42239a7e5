import { createHmac, randomUUID } from "node:crypto";

import type { FaultPlan } from "../_shared/faults.ts";
import type { StoredMessage } from "./entries.ts";
import { keywordOf } from "./keywords.ts";
import type { Standing, TwilioClub } from "./message-system.ts";
import type { TwilioFault } from "./refusals.ts";

/**
 * Pauses before each attempt, in milliseconds. The real vendor repeats only where a number is set up to; this one does,
 * so that a demo whose app restarts gets its messages while people watch.
 */
const ATTEMPT_PAUSES_MS: readonly number[] = [0, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000];

/** Vendor, 2026-11: 15 seconds in all. */
const ATTEMPT_TIMEOUT_MS = 15_000;

type Parcel = {
  readonly club: TwilioClub;
  /** The public address: it is what gets signed. */
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly token: string;
};

type Input = {
  readonly appUrl: string;
  /** What people see when a proxy stands before the app: signed, while the call itself goes to `appUrl`. */
  readonly publicUrl: string;
  readonly faults: FaultPlan<TwilioFault>;
  readonly pausesMs?: readonly number[];
};

/** Delivers signed webhooks in no particular order, each until it is taken or its attempts are used up. */
export const createWebhookSender = (input: Input) => {
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

  const post = async ({ club, url, parameters, token }: Parcel): Promise<boolean> => {
    const target = url.startsWith(input.publicUrl) ? `${input.appUrl}${url.slice(input.publicUrl.length)}` : url;
    try {
      const response = await fetch(target, {
        method: "POST",
        redirect: "manual",
        headers: {
          "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
          "user-agent": "TwilioProxy/1.1",
          "i-twilio-idempotency-token": token,
          "x-twilio-signature": sign({ authToken: club.twilio.authToken, url, parameters }),
        },
        body: new URLSearchParams(parameters).toString(),
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
      });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  };

  const announce = (parcel: Omit<Parcel, "token">): void => {
    const strike = (kind: "lost_webhook" | "late_webhook" | "duplicate_webhook") =>
      input.faults.strike({ operation: "webhook", club: parcel.club.slug, kinds: [kind] });
    if (strike("lost_webhook") !== null) {
      return;
    }
    const whole = { ...parcel, token: randomUUID() };
    const late = strike("late_webhook");
    later((late?.delayMs ?? 0) + (pauses[0] ?? 0), () => void deliver(whole, 0));
    if (strike("duplicate_webhook") !== null) {
      later(pauses[0] ?? 0, () => void deliver(whole, 0));
    }
  };

  return {
    announceText: (club: TwilioClub, message: StoredMessage): void =>
      announce({
        club,
        url: `${input.publicUrl}/api/webhooks/twilio/${club.connectionId}`,
        parameters: parametersOfText(message),
      }),
    announceStatus: (club: TwilioClub, { message, standing }: { readonly message: StoredMessage; readonly standing: Standing }): void => {
      if (message.statusCallback !== null) {
        announce({ club, url: message.statusCallback, parameters: parametersOfStatus(message, standing) });
      }
    },
    later,
    close: (): void => {
      stop.abort();
      timers.forEach((timer) => clearTimeout(timer));
    },
  };
};

/** HMAC-SHA1 over the address, then each parameter's name and value in order of the names. */
export const sign = ({ authToken, url, parameters }: { authToken: string; url: string; parameters: Readonly<Record<string, string>> }) =>
  createHmac("sha1", authToken)
    .update(
      Object.keys(parameters)
        .toSorted()
        .reduce((text, name) => `${text}${name}${parameters[name] ?? ""}`, url),
    )
    .digest("base64");

const parametersOfText = (message: StoredMessage): Record<string, string> => {
  const keyword = keywordOf(message.body);
  return {
    ToCountry: "US",
    ToState: "AZ",
    SmsMessageSid: message.sid,
    NumMedia: `${message.mediaUrls.length}`,
    ToCity: "",
    FromZip: "",
    SmsSid: message.sid,
    FromState: "AZ",
    SmsStatus: "received",
    FromCity: "",
    Body: message.body,
    FromCountry: "US",
    To: message.to,
    MessagingServiceSid: message.messagingServiceSid ?? "",
    ToZip: "",
    NumSegments: `${Math.max(Math.ceil(message.body.length / 160), 1)}`,
    MessageSid: message.sid,
    AccountSid: message.accountSid,
    From: message.from,
    ApiVersion: "2010-04-01",
    ...Object.fromEntries(
      message.mediaUrls.flatMap((url, index) => [
        [`MediaUrl${index}`, url],
        [`MediaContentType${index}`, message.files?.[index]?.type ?? "image/jpeg"],
      ]),
    ),
    ...(keyword === null ? {} : { OptOutType: keyword }),
  };
};

const parametersOfStatus = (message: StoredMessage, { status, errorCode }: Standing): Record<string, string> => ({
  SmsSid: message.sid,
  SmsStatus: status,
  MessageStatus: status,
  To: message.to,
  ...(message.messagingServiceSid === null ? {} : { MessagingServiceSid: message.messagingServiceSid }),
  MessageSid: message.sid,
  AccountSid: message.accountSid,
  From: message.from,
  ApiVersion: "2010-04-01",
  ...(errorCode === null ? {} : { ErrorCode: `${errorCode}` }),
});
