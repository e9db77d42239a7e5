import { randomUUID } from "node:crypto";

import type { DemoClub } from "../../../prisma/demo.ts";
import type { AcceptLog } from "../_shared/accept-log.ts";
import type { Entry, Source, Status, StoredFile, StoredMessage } from "./entries.ts";
import { keywordOf } from "./keywords.ts";

/** A club with a number at this vendor. */
export type TwilioClub = DemoClub & { readonly twilio: NonNullable<DemoClub["twilio"]>; readonly connectionId: string };

export type Arrival = {
  readonly club: TwilioClub;
  readonly memberPhone: string;
  readonly body: string;
  readonly source: Source;
  readonly mediaUrls?: readonly string[];
  readonly files?: readonly Omit<StoredFile, "sid">[];
  readonly statusCallback?: string | null;
  /** Whether it goes out through the messaging service. */
  readonly isByService?: boolean;
};

export type Standing = { readonly status: Status; readonly errorCode: number | null; readonly sentAt: string | null; readonly at: string };

type Input = { readonly clubs: readonly DemoClub[]; readonly log: AcceptLog<Entry>; readonly now: () => Date };

/** The messages of all clubs and who has said STOP to which number, rebuilt from the accept log. */
export type MessageSystem = ReturnType<typeof createMessageSystem>;

export const createMessageSystem = ({ clubs, log, now }: Input) => {
  const numbers = clubs.flatMap((club): TwilioClub[] =>
    club.twilio === null || club.connections.twilio === null
      ? []
      : [{ ...club, twilio: club.twilio, connectionId: club.connections.twilio }],
  );
  const messages: StoredMessage[] = [];
  const standings = new Map<string, Standing>();
  const blocked = new Set<string>();

  const remember = (message: StoredMessage): void => {
    messages.push(message);
    standings.set(message.sid, firstStanding(message));
    const keyword = message.source === "member" ? keywordOf(message.body) : null;
    if (keyword === "STOP") {
      blocked.add(pairOf(message.to, message.from));
    } else if (keyword === "START") {
      blocked.delete(pairOf(message.to, message.from));
    }
  };
  const change = ({ sid, status, errorCode, at }: { sid: string; status: Status; errorCode: number | null; at: string }): void => {
    const sentAt = standings.get(sid)?.sentAt ?? (status === "failed" ? null : at);
    standings.set(sid, { status, errorCode, sentAt, at });
  };

  for (const entry of log.entries()) {
    if (entry.kind === "message") {
      remember(entry.message);
    } else {
      change(entry);
    }
  }

  return {
    accept: (arrival: Arrival): StoredMessage => {
      const at = now();
      const message = newMessage(arrival, at);
      log.append({ kind: "message", message }, at);
      remember(message);
      return message;
    },
    setStatus: (sid: string, { status, errorCode = null }: { readonly status: Status; readonly errorCode?: number | null }): void => {
      const { at } = log.append({ kind: "status", sid, status, errorCode }, now());
      change({ sid, status, errorCode, at });
    },
    standingOf: (message: StoredMessage): Standing => standings.get(message.sid) ?? firstStanding(message),
    messages: (): readonly StoredMessage[] => messages,
    isBlocked: (number: string, memberPhone: string): boolean => blocked.has(pairOf(number, memberPhone)),
    clubByCredentials: (accountSid: string, authToken: string): TwilioClub | undefined =>
      numbers.find(({ twilio }) => twilio.accountSid === accountSid && twilio.authToken === authToken),
    clubByNumber: (number: string): TwilioClub | undefined => numbers.find(({ twilio }) => twilio.phoneNumber === number),
    clubByName: (name: string): TwilioClub | undefined => numbers.find((club) => club.slug === name || club.id === name),
    /** Everything between one club's number and one phone, oldest first. */
    thread: (club: TwilioClub, memberPhone: string): readonly StoredMessage[] =>
      messages.filter((message) => message.accountSid === club.twilio.accountSid && participantOf(message) === memberPhone),
  };
};

export const isInbound = ({ source }: StoredMessage): boolean => source === "member";

export const participantOf = (message: StoredMessage): string => (isInbound(message) ? message.from : message.to);

const pairOf = (number: string, memberPhone: string): string => `${number}/${memberPhone}`;

const firstStanding = (message: StoredMessage): Standing => {
  const status = isInbound(message) ? "received" : message.messagingServiceSid === null ? "queued" : "accepted";
  return { status, errorCode: null, sentAt: isInbound(message) ? message.createdAt : null, at: message.createdAt };
};

const newSidBody = (): string => randomUUID().replaceAll("-", "");

const newMessage = (
  { club, memberPhone, body, source, mediaUrls = [], files = [], statusCallback = null, isByService = false }: Arrival,
  at: Date,
): StoredMessage => {
  const { accountSid, phoneNumber, messagingServiceSid } = club.twilio;
  // By chance, not counted: a sandbox that starts anew must not hand out an id the product has already seen.
  const sid = `${mediaUrls.length + files.length > 0 ? "MM" : "SM"}${newSidBody()}`;
  const stored = files.map((file) => ({ sid: `ME${newSidBody()}`, ...file }));
  const own = stored.map((file) => `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Media/${file.sid}`);
  return {
    sid,
    accountSid,
    messagingServiceSid: source === "member" || isByService ? messagingServiceSid : null,
    from: source === "member" ? memberPhone : phoneNumber,
    to: source === "member" ? phoneNumber : memberPhone,
    body,
    mediaUrls: [...own, ...mediaUrls],
    ...(stored.length === 0 ? {} : { files: stored }),
    source,
    statusCallback,
    createdAt: at.toISOString(),
  };
};
