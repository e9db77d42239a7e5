import { z } from "zod";

import { refusalOf } from "#server/auth/http-status.ts";
import { refuseUnlessOwnPage } from "#server/auth/refuse-foreign.ts";
import { sourceOf } from "#server/auth/source-address.ts";
import { DomainError } from "#server/domain/errors.ts";
import { signUp } from "#server/services/users/sign-up.ts";

const Body = z.object({ name: z.string().catch(""), email: z.string().catch(""), password: z.string().catch("") });

/** Makes a user of a stranger. They sign in with what they chose right after. */
export const POST = async (request: Request): Promise<Response> => refuseUnlessOwnPage(request) ?? create(request);

const create = async (request: Request): Promise<Response> => {
  try {
    const body = Body.parse(await request.json().catch(() => ({})));
    return Response.json(await signUp(body, { source: sourceOf(request.headers) }), { status: 201 });
  } catch (error) {
    const refusal = refusalOf(error instanceof z.ZodError ? invalidBy(error) : error);
    if (refusal === null) {
      throw error;
    }
    return refusal;
  }
};

const invalidBy = (error: z.ZodError): DomainError =>
  new DomainError("invalid", error.issues[0]?.message ?? "check what you entered", { cause: error });
