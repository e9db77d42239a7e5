import { answerDownload } from "#server/auth/download.ts";
import { DomainError } from "#server/domain/errors.ts";
import { exportPeople, ExportPeopleInput } from "#server/services/members/export-people.ts";

type Context = { readonly params: Promise<{ readonly club: string }> };

/** The people of a list as a table. A page of ours asks for it: each download is noted. */
export const POST = async (request: Request, { params }: Context): Promise<Response> =>
  answerDownload(request, {
    slug: (await params).club,
    make: async (ctx, body) => {
      const asked = ExportPeopleInput.safeParse(body);
      if (!asked.success) {
        throw new DomainError("invalid", "this is no list of people");
      }
      return { ...(await exportPeople(ctx, asked.data)), contentType: "text/csv; charset=utf-8" };
    },
  });
