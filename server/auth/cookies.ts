import type { CookiesOptions } from "next-auth";

type CookieName = "session" | "desk" | "csrf" | "callback" | "state" | "pkce" | "nonce";

const isEncrypted = (appUrl: string): boolean => appUrl.startsWith("https:");

/** `__Host-` binds a cookie to exactly this host, encrypted: no sibling host can plant one. Browsers refuse it without encryption. */
export const cookieName = (name: CookieName, appUrl: string): string => `${isEncrypted(appUrl) ? "__Host-" : ""}spotter.${name}`;

/** As long as browsers keep any cookie (RFC 6265bis: 400 days, read 2026-11); what it opens ends when the desk is turned off. */
const DESK_COOKIE_SECONDS = 400 * 86_400;

/** The cookie that makes a browser a shared computer: like those of sign-in, and it stays. */
export const deskCookieOptions = (appUrl: string) =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: isEncrypted(appUrl), maxAge: DESK_COOKIE_SECONDS }) as const;

/** Every cookie of sign-in: unreadable for scripts and not sent along by other sites. */
export const authCookies = (appUrl: string): Partial<CookiesOptions> => {
  const cookie = (name: CookieName) => ({
    name: cookieName(name, appUrl),
    options: { httpOnly: true, sameSite: "lax", path: "/", secure: isEncrypted(appUrl) } as const,
  });
  return {
    sessionToken: cookie("session"),
    csrfToken: cookie("csrf"),
    callbackUrl: cookie("callback"),
    state: cookie("state"),
    pkceCodeVerifier: cookie("pkce"),
    nonce: cookie("nonce"),
  };
};
