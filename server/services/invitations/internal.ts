import "server-only";

import { randomBytes } from "node:crypto";

import type { Actor } from "#server/domain/actor.ts";
import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import type { Role } from "#server/domain/vocabulary.ts";
import { sha256 } from "#server/platform/keys.ts";

/** Long enough to survive a week-end and a forgotten inbox, short enough that a leaked link is soon worthless. */
export const INVITATION_DAYS = 7;
const TOKEN_BYTES = 32;
const DAY_MS = 86_400_000;

/** Half a kilobyte of anything else never reaches the database. */
export const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/;

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString("base64url");

/** The token has 256 random bits, so a plain hash cannot be turned back; only the hash is kept. */
export const tokenHashOf = (token: string): string => sha256(`invitation:${token}`);

export const expiryFrom = (now: Date): Date => new Date(now.getTime() + INVITATION_DAYS * DAY_MS);

/** Neither accepted, nor revoked, nor expired. */
export const openAt = (now: Date) => ({ acceptedAt: null, revokedAt: null, expiresAt: { gt: now } });

/** Whom a person may let in or shut out: owners anybody, managers the staff of their own club. */
export const assertMayManage = (actor: Actor, target: { readonly role: Role; readonly clubId: string | null }): void => {
  const role = actor.kind === "staff" ? actor.role : null;
  if (role !== "owner" && !(role === "manager" && target.role === "staff" && target.clubId !== null)) {
    throw new DomainError("forbidden", "only an owner may do this");
  }
};

/** The one answer for a link that is wrong, spent, revoked or expired. */
export const linkIsDead = (): DomainError => new DomainError("not_found", "this invitation is no longer valid, ask for a new link");

export type OpenInvitation = {
  readonly id: Id<"invitation">;
  readonly franchiseId: Id<"franchise">;
  readonly clubId: Id<"club"> | null;
  readonly email: string;
  readonly role: Role;
};
