import "server-only";

import { randomBytes } from "node:crypto";

import { sha256 } from "#server/platform/keys.ts";

const TOKEN_BYTES = 32;
/** Half a kilobyte of anything else never reaches the database. */
export const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/;

export const newDeskToken = (): string => randomBytes(TOKEN_BYTES).toString("base64url");

/** The token has 256 random bits, so a plain hash cannot be turned back. */
export const deskTokenHash = (token: string): string => sha256(`desk:${token}`);
