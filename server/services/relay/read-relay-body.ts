import "server-only";

import { DomainError } from "#server/domain/errors.ts";

import { ANSWER_MAX_BYTES } from "./limits.ts";

/** The JSON a relay sent. @throws `invalid` for a body beyond any real one, unread where it says so itself */
export const readRelayBody = async (request: Request): Promise<unknown> => {
  const bytes = isTooLong(Number(request.headers.get("content-length") ?? 0)) ? null : await request.arrayBuffer();
  if (bytes === null || isTooLong(bytes.byteLength)) {
    throw new DomainError("invalid", "the body is too large");
  }
  return JSON.parse(new TextDecoder().decode(bytes));
};

const isTooLong = (bytes: number): boolean => bytes > ANSWER_MAX_BYTES;

export const bearerOf = (request: Request): string => /^Bearer (\S+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
