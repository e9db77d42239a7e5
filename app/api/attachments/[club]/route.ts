import { refusalOf } from "#server/auth/http-status.ts";
import { readUpload } from "#server/auth/read-upload.ts";
import { refuseUnlessOwnPage } from "#server/auth/refuse-foreign.ts";
import { staffContext } from "#server/auth/staff-context.ts";
import { uploadFile } from "#server/services/attachments/upload-file.ts";

type Context = { readonly params: Promise<{ readonly club: string }> };

/** Takes a file for a reply: its bytes are the body, its name stands in the query. */
export const POST = async (request: Request, { params }: Context): Promise<Response> =>
  refuseUnlessOwnPage(request) ?? upload(request, (await params).club);

const upload = async (request: Request, slug: string): Promise<Response> => {
  try {
    const ctx = await staffContext(request, slug);
    const name = new URL(request.url).searchParams.get("name") ?? "";
    return Response.json(await uploadFile(ctx, { name, content: await readUpload(request) }), { status: 201 });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) {
      throw error;
    }
    return refusal;
  }
};
