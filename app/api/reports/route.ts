import { refusalOf } from "#server/auth/http-status.ts";
import { currentUser } from "#server/auth/session.ts";
import { DomainError } from "#server/domain/errors.ts";
import { readPeriod } from "#server/domain/metrics/period-text.ts";
import { exportPortfolio } from "#server/services/reports/export-portfolio.ts";

/** The figures of all clubs of a person as a file: of those whose figures they may see. */
export const GET = async (request: Request): Promise<Response> => {
  try {
    return await download(request);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) {
      throw error;
    }
    return refusal;
  }
};

const download = async (request: Request): Promise<Response> => {
  const user = await currentUser();
  if (user === null) {
    throw new DomainError("forbidden", "sign in first");
  }
  const asked = new URL(request.url).searchParams;
  const period = readPeriod({ period: asked.get("period"), from: asked.get("from"), to: asked.get("to") });
  // A version of one club's rules means nothing in another.
  if (period === null || period.kind === "version") {
    throw new DomainError("invalid", "this is no period of all clubs");
  }
  const text = await exportPortfolio(user, { period }, { requestId: request.headers.get("x-request-id") ?? crypto.randomUUID() });
  return new Response(text, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="all-clubs-figures.csv"',
      "cache-control": "no-store",
    },
  });
};
