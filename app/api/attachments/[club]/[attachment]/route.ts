import { refusalOf } from "#server/auth/http-status.ts";
import { staffContext } from "#server/auth/staff-context.ts";
import { dispositionOf } from "#server/domain/file-kinds.ts";
import { openFile } from "#server/services/attachments/open-file.ts";

type Context = { readonly params: Promise<{ readonly club: string; readonly attachment: string }> };

/**
 * A file of a conversation. Pictures are shown, everything else is saved; whatever it is, a browser runs nothing of it (`securityHeaders`) and
 * shows it on no page but ours. It is asked for each time, because who may see it can change; unchanged bytes are not sent again.
 */
export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  try {
    const { attachment, club } = await params;
    const file = await openFile(await staffContext(request, club), { attachmentId: attachment });
    const headers = {
      "content-type": file.mediaType,
      "content-disposition": dispositionOf(file.name, { isShown: file.isPicture }),
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "private, no-cache",
      etag: `"${file.hash}"`,
    };
    return request.headers.get("if-none-match") === headers.etag
      ? new Response(null, { status: 304, headers })
      : new Response(file.content, { headers });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) {
      throw error;
    }
    return refusal;
  }
};
