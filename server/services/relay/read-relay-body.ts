import "server-only";

import { DomainError } from "#server/domain/errors.ts";

import { readBody } from "#server/services/http/read-body.ts";

import { ANSWER_MAX_BYTES } from "./limits.ts";

/** The JSON a relay sent. @throws `invalid` for a body beyond any real one */
export const readRelayBody = async (request: Request): Promise<unknown> => {
  const bytes = await readBody(request, ANSWER_MAX_BYTES);
  if (bytes === null) {
    throw new DomainError("invalid", "the body is too large");
  }
  return JSON.parse(new TextDecoder().decode(bytes));
};

export const bearerOf = (request: Request): string => /^Bearer (\S+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
