import "server-only";

import { sessionFromRequest } from "#server/auth/session.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { actorOf } from "#server/services/users/actor-of.ts";
import type { SignedIn } from "#server/services/users/find-signed-in.ts";
import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { z } from "zod";

import { translate } from "./errors.ts";

export type RequestContext = {
  readonly requestId: string;
  /** The browser says that a page of ours asks. Without it nothing may be changed. */
  readonly isOwnPage: boolean;
  /** Who asks; read when a procedure needs it, so that a failure of it is translated like every other. */
  readonly signedIn: () => Promise<SignedIn | null>;
};

export const requestContext = ({ isOwnPage }: { readonly isOwnPage: boolean }): RequestContext => ({
  requestId: crypto.randomUUID(),
  isOwnPage,
  signedIn: sessionFromRequest,
});

const t = initTRPC.context<RequestContext>().create({
  transformer: superjson,
  // Stack traces stay in the log, also in development.
  isDev: false,
  errorFormatter: ({ shape, ctx }) => ({
    ...shape,
    data: { code: shape.data.code, httpStatus: shape.data.httpStatus, requestId: ctx?.requestId },
  }),
});

export const router = t.router;
export const createCaller = t.createCallerFactory;

const translated = t.middleware(async ({ next, ctx, path }) => {
  const result = await next();
  if (!result.ok) {
    throw translate(result.error, { requestId: ctx.requestId, path });
  }
  return result;
});

/** Another site can make a browser send a change along with our cookies; a question it could not read the answer of. */
const ownPageOnly = t.middleware(({ next, ctx, type }) => {
  if (type === "mutation" && !ctx.isOwnPage) {
    throw new DomainError("forbidden", "this must be done on a page of Spotter itself");
  }
  return next();
});

/** For whoever is signed in. */
export const userProcedure = t.procedure
  .use(translated)
  .use(ownPageOnly)
  .use(async ({ next, ctx }) => {
    const user = await ctx.signedIn();
    if (user === null) {
      throw new TRPCError({ code: "UNAUTHORIZED", message: "sign in first" });
    }
    return next({ ctx: { user } });
  });

/** For the staff of one club. A club of somebody else and one that does not exist give the same answer. */
export const clubProcedure = userProcedure.input(z.object({ clubId: idSchema("club") })).use(({ next, ctx, input }) => {
  const club = ctx.user.clubs.find(({ id }) => id === input.clubId);
  if (club === undefined) {
    throw notFound("club");
  }
  const service: ServiceContext = {
    franchiseId: club.franchiseId,
    clubId: club.id,
    actor: actorOf(ctx.user, club),
    requestId: ctx.requestId,
  };
  return next({ ctx: { service } });
});
