import { deskToken } from "#server/auth/desk.ts";
import { refuseUnlessOwnPage } from "#server/auth/refuse-foreign.ts";
import { noteDeskUse } from "#server/services/desks/note-use.ts";

/** Somebody pressed something at the shared computer that asks. Answers whether it is still open. */
export const POST = async (request: Request): Promise<Response> => refuseUnlessOwnPage(request) ?? noteUse();

const noteUse = async (): Promise<Response> => {
  const token = await deskToken();
  return Response.json({ isOpen: token !== null && (await noteDeskUse(token)) });
};
