import "server-only";

import { asId, idSchema } from "#server/domain/ids.ts";
import { env } from "#server/platform/env.ts";
import type { SessionSeed } from "#server/services/users/sign-in-with-password.ts";
import { decode, encode, type JWTDecodeParams, type JWTEncodeParams } from "next-auth/jwt";
import { z } from "zod";

/** A session ends so long after its sign-in, whatever happens in between: longer than a shift, shorter than a day. */
export const SESSION_HOURS = 12;
export const SESSION_SECONDS = SESSION_HOURS * 3_600;

/** Everything a session says. Who the user is and what they may do is asked of the database on each call. */
const Claims = z.object({ userId: idSchema("user"), sessionVersion: z.int(), startedAtSeconds: z.int() });
export type Claims = z.infer<typeof Claims>;

export const claimsFor = ({ userId, sessionVersion }: SessionSeed, now: Date): Claims => ({
  userId,
  sessionVersion,
  startedAtSeconds: Math.floor(now.getTime() / 1_000),
});

/** next-auth writes the token anew on each look at it; its end stays where the sign-in put it. */
export const encodeSession = async ({ token, secret }: JWTEncodeParams, now: Date): Promise<string> => {
  const claims = Claims.parse(token);
  const endsAtSeconds = claims.startedAtSeconds + SESSION_SECONDS;
  return encode({ token: claims, secret, maxAge: endsAtSeconds - Math.floor(now.getTime() / 1_000) });
};

/** Null for a token that is missing, forged, of another shape or past its end. */
export const decodeSession = async ({ token, secret }: JWTDecodeParams, now: Date): Promise<Claims | null> => {
  const payload = await decode({ ...(token === undefined ? {} : { token }), secret }).catch(() => null);
  const claims = Claims.safeParse(payload).data ?? null;
  return claims !== null && claims.startedAtSeconds + SESSION_SECONDS > now.getTime() / 1_000 ? claims : null;
};

/** The session in a cookie value, with when its sign-in was. */
export const readSession = async (token: string | undefined, now: Date): Promise<(SessionSeed & { readonly startedAt: Date }) | null> => {
  const claims = token === undefined ? null : await decodeSession({ token, secret: env.NEXTAUTH_SECRET }, now);
  return claims === null
    ? null
    : {
        userId: asId("user", claims.userId),
        sessionVersion: claims.sessionVersion,
        startedAt: new Date(claims.startedAtSeconds * 1_000),
      };
};
