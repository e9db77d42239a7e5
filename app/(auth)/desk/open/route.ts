import { deskToken, stayDesk } from "#server/auth/desk.ts";
import { refusalOf } from "#server/auth/http-status.ts";
import { refuseUnlessOwnPage } from "#server/auth/refuse-foreign.ts";
import { DomainError } from "#server/domain/errors.ts";
import { openDesk, type OpenDeskOutcome } from "#server/services/desks/open-desk.ts";

/** Somebody picks their name at a shared computer and types their PIN. */
export const POST = async (request: Request): Promise<Response> => refuseUnlessOwnPage(request) ?? open(request);

const open = async (request: Request): Promise<Response> => {
  try {
    const token = await deskToken();
    const body: unknown = await request.json().catch(() => null);
    const outcome = token === null ? OFF : await openDesk(token, body, { requestId: request.headers.get("x-request-id") });
    const refusal = refusalFor(outcome);
    if (refusal !== null) {
      throw refusal;
    }
    if (token !== null) {
      await stayDesk(token);
    }
    return Response.json({});
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) {
      throw error;
    }
    return refusal;
  }
};

const OFF: OpenDeskOutcome = { kind: "off" };

const refusalFor = (outcome: OpenDeskOutcome): DomainError | null => {
  switch (outcome.kind) {
    case "opened":
      return null;
    case "refused":
      return new DomainError("forbidden", "this is not the PIN of that person");
    case "too_many_tries":
      return new DomainError("limit_exceeded", `too many tries; wait ${minutes(outcome.waitMinutes)}, then try again`);
    case "taken_away":
      return new DomainError("forbidden", "too many wrong tries: this PIN opens nothing any more, set a new one on your own device");
    case "off":
      return new DomainError("forbidden", "this browser is no desk any more; a manager can turn it on again");
  }
};

const minutes = (count: number): string => (count === 1 ? "a minute" : `${count} minutes`);
