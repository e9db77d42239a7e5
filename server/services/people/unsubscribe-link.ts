import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { env } from "#server/platform/env.ts";
import { linkKey } from "#server/platform/keys.ts";
import { open, seal } from "#server/platform/secrets.ts";

/** What a link to unsubscribe speaks of: an e-mail address as its keyed hash, and the club that wrote there. */
const Payload = z.tuple([idSchema("franchise"), idSchema("club"), z.string().regex(/^[0-9a-f]{64}$/)]);

const BOUND = "unsubscribe:1";
/** Longer than any link of ours. */
const TOKEN_MAX_CHARACTERS = 1_000;

export type UnsubscribeLink = {
  readonly franchiseId: z.infer<typeof Payload>[0];
  readonly clubId: z.infer<typeof Payload>[1];
  /** `addressKey(…)` of the e-mail address in lower case. */
  readonly addressKey: string;
};

/**
 * Where one click ends e-mail to this address (RFC 8058): for the headers of a mail, and a page for people who open it.
 * Sealed, so that nobody can read from it or make one; it works as long as the installation keeps its ADDRESS_KEY.
 */
export const unsubscribeUrlOf = ({ franchiseId, clubId, addressKey }: UnsubscribeLink): string => {
  const sealed = seal(JSON.stringify([franchiseId, clubId, addressKey]), { key: linkKey(), bound: BOUND });
  return new URL(`/api/unsubscribe/${Buffer.from(sealed, "base64").toString("base64url")}`, env.APP_URL).href;
};

/** @throws `not_found` for anything that `unsubscribeUrlOf` has not made */
export const readUnsubscribeLink = (token: string): UnsubscribeLink => {
  const parsed = Payload.safeParse(opened(token));
  if (!parsed.success) {
    throw notFound("link");
  }
  const [franchiseId, clubId, addressKey] = parsed.data;
  return { franchiseId, clubId, addressKey };
};

const opened = (token: string): unknown => {
  if (token.length > TOKEN_MAX_CHARACTERS) {
    return null;
  }
  try {
    return JSON.parse(open(Buffer.from(token, "base64url").toString("base64"), { key: linkKey(), bound: BOUND }));
  } catch {
    return null;
  }
};
