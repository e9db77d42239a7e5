import "server-only";

import { env } from "#server/platform/env.ts";
import { now } from "#server/platform/clock.ts";
import { log } from "#server/platform/logger.ts";
import { findGoogleUser, signInWithGoogle } from "#server/services/users/sign-in-with-google.ts";
import { signInWithPassword, type SessionSeed } from "#server/services/users/sign-in-with-password.ts";
import type { AuthOptions, User } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import GoogleProvider from "next-auth/providers/google";
import { z } from "zod";

import { authCookies } from "./cookies.ts";
import { claimsFor, decodeSession, encodeSession, SESSION_SECONDS } from "./session-token.ts";
import { TOO_MANY_TRIES, UNAVAILABLE } from "./sign-in-errors.ts";
import { sourceOf } from "./source-address.ts";

/** next-auth is asked to prove who somebody is and to keep the cookie; every other question goes to the database. */
export const authOptions = (): AuthOptions => ({
  secret: env.NEXTAUTH_SECRET,
  session: { strategy: "jwt", maxAge: SESSION_SECONDS },
  jwt: { encode: (params) => encodeSession(params, now()), decode: (params) => decodeSession(params, now()) },
  cookies: authCookies(env.APP_URL),
  pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
  providers: [passwordProvider, ...googleProviders()],
  callbacks: {
    signIn: async ({ account, profile }) => account?.provider !== "google" || (await signInWithGoogle(googleProfileOf(profile))) !== null,
    jwt: async ({ token, user, account }) => {
      if (account === null || account === undefined) {
        return token;
      }
      const seed = account.provider === "google" ? await findGoogleUser(account.providerAccountId) : seedOf(user);
      if (seed === null) {
        throw new Error("the user who just signed in is gone");
      }
      return claimsFor(seed, now());
    },
    // The browser learns that there is a session and when it ends, nothing else.
    session: ({ session }) => ({ expires: session.expires }),
  },
  logger: {
    error: (code) => log.error({ code }, "sign-in failed"),
    warn: (code) => log.warn({ code }, "sign-in warned"),
    debug: () => undefined,
  },
});

/** Whether the sign-in page offers Google. */
export const hasGoogle = (): boolean => env.GOOGLE_CLIENT_ID !== undefined && env.GOOGLE_CLIENT_SECRET !== undefined;

const passwordProvider = CredentialsProvider({
  credentials: { email: { type: "email" }, password: { type: "password" } },
  authorize: async (credentials, request) => {
    const outcome = await attempt({ email: credentials?.email ?? "", password: credentials?.password ?? "" }, request.headers);
    switch (outcome.kind) {
      case "signed_in":
        return userOf(outcome);
      case "refused":
        return null;
      case "too_many_tries":
        throw new Error(`${TOO_MANY_TRIES}${outcome.waitMinutes}`);
    }
  },
});

/** The message of whatever is thrown here would travel in an address, so nothing of the inside may be in it. */
const attempt = async (credentials: { readonly email: string; readonly password: string }, headers: unknown) => {
  try {
    return await signInWithPassword(credentials, { source: sourceOf(new Headers(HeaderValues.parse(headers))) });
  } catch (error) {
    log.error({ err: error }, "sign-in could not be checked");
    throw new Error(UNAVAILABLE, { cause: error });
  }
};

const HeaderValues = z.record(z.string(), z.string()).catch({});

const googleProviders = () =>
  env.GOOGLE_CLIENT_ID === undefined || env.GOOGLE_CLIENT_SECRET === undefined
    ? []
    : [GoogleProvider({ clientId: env.GOOGLE_CLIENT_ID, clientSecret: env.GOOGLE_CLIENT_SECRET, checks: ["pkce", "state"] })];

const GoogleClaims = z.object({
  sub: z.string().min(1),
  email: z.string(),
  email_verified: z.union([z.boolean(), z.literal("true").transform(() => true), z.literal("false").transform(() => false)]),
  name: z.string().catch(""),
});

const googleProfileOf = (profile: unknown) => {
  const { sub, email, email_verified: isEmailVerified, name } = GoogleClaims.parse(profile);
  return { subject: sub, email, isEmailVerified, name };
};

/** next-auth hands the user of `authorize` on to the `jwt` callback; the version rides along. */
const Seed = z.object({ id: z.custom<SessionSeed["userId"]>((value) => typeof value === "string"), sessionVersion: z.int() });

const userOf = ({ userId, sessionVersion }: SessionSeed): User => {
  const user = { id: userId, sessionVersion };
  return user;
};

const seedOf = (user: unknown): SessionSeed => {
  const { id, sessionVersion } = Seed.parse(user);
  return { userId: id, sessionVersion };
};
