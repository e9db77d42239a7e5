import { answerDownload } from "#server/auth/download.ts";
import { DomainError } from "#server/domain/errors.ts";
import { exportActions, ExportActionsInput } from "#server/services/ai-actions/export-actions.ts";

type Context = { readonly params: Promise<{ readonly club: string }> };

/** The ledger as a file. A page of ours asks for it: each download is noted. */
export const POST = async (request: Request, { params }: Context): Promise<Response> =>
  answerDownload(request, {
    slug: (await params).club,
    make: (ctx, body) => {
      const asked = ExportActionsInput.safeParse(body);
      if (!asked.success) {
        throw new DomainError("invalid", "this is no part of the ledger");
      }
      return exportActions(ctx, asked.data);
    },
  });
