import "server-only";

import { refusalOf } from "#server/auth/http-status.ts";
import { refuseUnlessOwnPage } from "#server/auth/refuse-foreign.ts";
import { staffContext } from "#server/auth/staff-context.ts";
import { DomainError } from "#server/domain/errors.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type DownloadedFile = { readonly name: string; readonly contentType: string; readonly body: string };

/** More than any page of ours sends for a file. */
const BODY_MAX_LENGTH = 200_000;

/** Answers a page of ours that asks for a file of one club. A club that is not theirs looks like a file that is missing. */
export const answerDownload = async (
  request: Request,
  { make, slug }: { readonly slug: string; readonly make: (ctx: ServiceContext, body: unknown) => Promise<DownloadedFile> },
): Promise<Response> => {
  const refusal = refuseUnlessOwnPage(request);
  if (refusal !== null) {
    return refusal;
  }
  try {
    const file = await make(await staffContext(request, slug), await bodyOf(request));
    return new Response(file.body, {
      headers: {
        "content-type": file.contentType,
        "content-disposition": `attachment; filename="${file.name}"`,
        "cache-control": "no-store",
      },
    });
  } catch (error) {
    const refused = refusalOf(error);
    if (refused === null) {
      throw error;
    }
    return refused;
  }
};

const bodyOf = async (request: Request): Promise<unknown> => {
  const text = await request.text();
  if (text.length > BODY_MAX_LENGTH) {
    throw new DomainError("invalid", "this asks for too much at once");
  }
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new DomainError("invalid", "this is no question for a file");
  }
};
