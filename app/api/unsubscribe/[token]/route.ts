import { refusalOf } from "#server/auth/http-status.ts";
import { readBody } from "#server/services/http/read-body.ts";
import { unsubscribe } from "#server/services/people/unsubscribe.ts";

type Context = { readonly params: Promise<{ readonly token: string }> };

/** One field of a form; anything longer is something else. */
const BODY_MAX_BYTES = 4_096;

/**
 * One click in a mail program (RFC 8058): no cookie, no question, no redirect. Programs of other sites may call it, as
 * the link itself is the permission.
 */
export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  if (!(await asksToUnsubscribe(request))) {
    return Response.json({ error: "invalid", message: "the body must be List-Unsubscribe=One-Click" }, { status: 400 });
  }
  try {
    await unsubscribe((await params).token);
    return new Response("You are unsubscribed.\n", { headers: { "content-type": "text/plain; charset=utf-8" } });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) {
      throw error;
    }
    return refusal;
  }
};

/** Scanners open every link of a mail: looking changes nothing, a page asks first. */
export const GET = async (_request: Request, { params }: Context): Promise<Response> =>
  new Response(null, { status: 303, headers: { location: `/unsubscribe/${encodeURIComponent((await params).token)}` } });

const asksToUnsubscribe = async (request: Request): Promise<boolean> => {
  const body = await readBody(request, BODY_MAX_BYTES);
  if (body === null) {
    return false;
  }
  try {
    const form = await new Response(body, { headers: { "content-type": request.headers.get("content-type") ?? "" } }).formData();
    return form.get("List-Unsubscribe") === "One-Click";
  } catch {
    return false;
  }
};
