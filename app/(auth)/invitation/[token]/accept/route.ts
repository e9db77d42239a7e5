import { refusalOf } from "#server/auth/http-status.ts";
import { refuseUnlessOwnPage } from "#server/auth/refuse-foreign.ts";
import { currentUser } from "#server/auth/session.ts";
import { DomainError } from "#server/domain/errors.ts";
import { acceptInvitation, joinByInvitation } from "#server/services/invitations/accept-invitation.ts";
import { z } from "zod";

type Context = { readonly params: Promise<{ readonly token: string }> };

const Body = z.object({ name: z.string(), password: z.string() }).partial();

/** Accepts an invitation: as whoever is signed in, otherwise as somebody new. */
export const POST = async (request: Request, { params }: Context): Promise<Response> =>
  refuseUnlessOwnPage(request) ?? accept(request, (await params).token);

const accept = async (request: Request, token: string): Promise<Response> => {
  try {
    const user = await currentUser();
    const requestId = request.headers.get("x-request-id");
    if (user !== null) {
      await acceptInvitation(user, { token }, { requestId });
    } else {
      const { name = "", password = "" } = Body.parse(await request.json().catch(() => null));
      await joinByInvitation({ token, name, password }, { requestId });
    }
    return Response.json({});
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
