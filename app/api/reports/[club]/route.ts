import { refusalOf } from "#server/auth/http-status.ts";
import { currentUser } from "#server/auth/session.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import { readPeriod } from "#server/domain/metrics/period-text.ts";
import { exportReport } from "#server/services/reports/export-report.ts";
import { actorOf } from "#server/services/users/actor-of.ts";

type Context = { readonly params: Promise<{ readonly club: string }> };

/** The figures of a period as a file. Whoever may see the dashboard may take them along. */
export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  try {
    return await download(request, (await params).club);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) {
      throw error;
    }
    return refusal;
  }
};

const download = async (request: Request, slug: string): Promise<Response> => {
  const user = await currentUser();
  if (user === null) {
    throw new DomainError("forbidden", "sign in first");
  }
  const club = user.clubs.find((one) => one.slug === slug);
  if (club === undefined) {
    throw notFound("club");
  }
  const asked = new URL(request.url).searchParams;
  const period = readPeriod({ period: asked.get("period"), from: asked.get("from"), to: asked.get("to") });
  if (period === null) {
    throw new DomainError("invalid", "this is no period");
  }
  const text = await exportReport(
    {
      franchiseId: club.franchiseId,
      clubId: club.id,
      actor: actorOf(user, club),
      requestId: request.headers.get("x-request-id") ?? crypto.randomUUID(),
    },
    { period },
  );
  return new Response(text, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${slug}-figures.csv"`,
      "cache-control": "no-store",
    },
  });
};
