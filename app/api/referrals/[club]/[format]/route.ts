import { refusalOf } from "#server/auth/http-status.ts";
import { refuseUnlessOwnPage } from "#server/auth/refuse-foreign.ts";
import { currentUser } from "#server/auth/session.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import { exportReferrals } from "#server/services/collections/export-referrals.ts";
import { actorOf } from "#server/services/users/actor-of.ts";
import { z } from "zod";

type Context = { readonly params: Promise<{ readonly club: string; readonly format: string }> };

const Format = z.enum(["csv", "pdf"]);

/** The file of the cases that two people let go. A page of ours asks for it: each download is noted. */
export const POST = async (request: Request, { params }: Context): Promise<Response> =>
  refuseUnlessOwnPage(request) ?? download(request, await params);

const download = async (request: Request, { club: slug, format: asked }: Awaited<Context["params"]>): Promise<Response> => {
  try {
    const user = await currentUser();
    const club = user?.clubs.find((one) => one.slug === slug);
    const format = Format.safeParse(asked);
    if (user === null) {
      throw new DomainError("forbidden", "sign in first");
    }
    if (club === undefined || !format.success) {
      throw notFound("file");
    }
    const file = await exportReferrals(
      {
        franchiseId: club.franchiseId,
        clubId: club.id,
        actor: actorOf(user, club),
        requestId: request.headers.get("x-request-id") ?? crypto.randomUUID(),
      },
      { format: format.data },
    );
    return new Response(file.body, {
      headers: {
        "content-type": file.contentType,
        "content-disposition": `attachment; filename="${file.name}"`,
        "cache-control": "no-store",
      },
    });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) {
      throw error;
    }
    return refusal;
  }
};
