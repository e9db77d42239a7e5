import { refusalOf } from "#server/auth/http-status.ts";
import { refuseUnlessOwnPage } from "#server/auth/refuse-foreign.ts";
import { currentUser } from "#server/auth/session.ts";
import { DomainError } from "#server/domain/errors.ts";
import { authorizeLiveUpdates } from "#server/services/users/authorize-live-updates.ts";

/** Where pusher-js asks whether this browser may listen to a club: form fields `socket_id` and `channel_name`. */
export const POST = async (request: Request): Promise<Response> => refuseUnlessOwnPage(request) ?? authorize(request);

const authorize = async (request: Request): Promise<Response> => {
  try {
    const user = await currentUser();
    if (user === null) {
      throw new DomainError("forbidden", "sign in first");
    }
    const form = await request.formData();
    const answer = authorizeLiveUpdates(user, { socketId: fieldOf(form, "socket_id"), channelName: fieldOf(form, "channel_name") });
    return Response.json(answer, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) {
      throw error;
    }
    return refusal;
  }
};

const fieldOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
};
