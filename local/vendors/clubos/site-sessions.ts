import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { DemoClub } from "../../../prisma/demo.ts";

/** A form may be posted with the pair of one of the last renderings; older ones are stale. */
const KNOWN_PAIR_COUNT = 5;
const IDLE_MS = 2 * 60 * 60_000;
const TOTAL_MS = 8 * 60 * 60_000;

export type TokenPair = { readonly sourcePage: string; readonly fingerprint: string };

export type SiteSession = {
  readonly id: string;
  readonly openedAt: Date;
  usedAt: Date;
  club: DemoClub | null;
  /** The person as whom the session acts; part of the session, not of the request. */
  delegatedUserId: string;
  apiToken: string;
  pairs: TokenPair[];
};

export type SiteSessions = {
  readonly find: (id: string | undefined) => SiteSession | null;
  readonly open: (club: DemoClub | null) => SiteSession;
  readonly close: (id: string) => void;
  readonly closeAll: () => void;
  readonly renderPair: (session: SiteSession) => TokenPair;
  readonly renewApiToken: (session: SiteSession) => void;
};

/** Sign-ins of the staff site: each has its own cookies, its own token pairs and its own delegation. */
export const createSiteSessions = (now: () => Date): SiteSessions => {
  const sessions = new Map<string, SiteSession>();
  const renewApiToken = (session: SiteSession): void => {
    session.apiToken = cognitoLikeToken(session, now());
  };
  return {
    find: (id) => {
      const session = sessions.get(id ?? "");
      if (session === undefined || isStale(session, now())) {
        return null;
      }
      session.usedAt = now();
      return session;
    },
    open: (club) => {
      const session: SiteSession = {
        id: randomBytes(16).toString("hex").toUpperCase(),
        openedAt: now(),
        usedAt: now(),
        club,
        delegatedUserId: club?.clubOs?.ownerId ?? "",
        apiToken: "",
        pairs: [],
      };
      renewApiToken(session);
      sessions.set(session.id, session);
      return session;
    },
    close: (id) => {
      sessions.delete(id);
    },
    closeAll: () => {
      sessions.clear();
    },
    renderPair: (session) => {
      const pair = { sourcePage: randomBytes(36).toString("base64"), fingerprint: randomBytes(24).toString("base64") };
      session.pairs = [pair, ...session.pairs].slice(0, KNOWN_PAIR_COUNT);
      return pair;
    },
    renewApiToken,
  };
};

const isStale = (session: SiteSession, now: Date): boolean =>
  now.getTime() - session.usedAt.getTime() > IDLE_MS || now.getTime() - session.openedAt.getTime() > TOTAL_MS;

/** Three parts like a Cognito access token; the signature is noise, as nothing here checks one. */
const cognitoLikeToken = (session: SiteSession, now: Date): string => {
  const seconds = Math.floor(now.getTime() / 1_000);
  const payload = {
    sub: randomUUID(),
    token_use: "access",
    loggedInUserId: session.club?.clubOs?.ownerId ?? null,
    delegatedUserId: session.delegatedUserId,
    iat: seconds,
    exp: seconds + 3_600,
  };
  const noise = createHash("sha256").update(session.id).digest("base64url");
  return [{ alg: "RS256", kid: "sandbox" }, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .concat(noise)
    .join(".");
};
