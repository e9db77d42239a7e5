import { createHmac, timingSafeEqual } from "node:crypto";

type Ours = {
  /** Unguessable from outside, and in no mail. */
  readonly connectionId: string;
  /** The idempotency key of the effect. */
  readonly key: string;
  /** The recipient. */
  readonly to: string;
};

const SAFE_KEY = /^[A-Za-z0-9_-]{1,64}$/;
const MARK_CHARACTERS = 20;

/**
 * The Message-ID of our mail, the same for every attempt: SMTP has no idempotency key, but whoever gets the same id
 * twice shows one mail. The mark binds it to the recipient, so that a forged bounce cannot name somebody else.
 */
export const messageIdOf = (ours: Ours & { readonly address: string }): string =>
  `<${plainKey(ours.key)}.${markOf(ours)}@${ours.address.split("@")[1] ?? "localhost"}>`;

/** Whether a Message-ID is one of ours to this very recipient. */
export const isOurs = (messageId: string, { connectionId, to }: Omit<Ours, "key">): boolean => {
  const [, key, mark] = /^<?([A-Za-z0-9_-]{1,64})\.([0-9a-f]{20})@/.exec(messageId.trim()) ?? [];
  return key !== undefined && mark !== undefined && timingSafeEqual(Buffer.from(mark), Buffer.from(markOf({ connectionId, key, to })));
};

const markOf = ({ connectionId, key, to }: Ours): string =>
  createHmac("sha256", `spotter mail ${connectionId}`)
    .update(`${plainKey(key)}|${to.trim().toLowerCase()}`)
    .digest("hex")
    .slice(0, MARK_CHARACTERS);

/** Keys are ids of ours; anything else is hashed into the characters an id may have. */
const plainKey = (key: string): string => (SAFE_KEY.test(key) ? key : createHmac("sha256", "key").update(key).digest("hex").slice(0, 32));
