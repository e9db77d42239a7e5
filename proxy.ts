import { NextResponse, type NextRequest } from "next/server";

import { askedPath, PATH_HEADER } from "#server/auth/path-header.ts";
import { securityHeaders } from "#server/auth/security-headers.ts";
import { env } from "#server/platform/env.ts";

const NONCE_BYTES = 16;

/** Headers only. Who may see what is decided in each page, route and procedure, never here. */
export const proxy = (request: NextRequest): NextResponse => {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(NONCE_BYTES))).toString("base64");
  const answered = securityHeaders({
    nonce,
    appUrl: env.APP_URL,
    realtime: {
      host: env.PUSHER_HOST ?? null,
      port: env.PUSHER_PORT ?? null,
      cluster: env.PUSHER_CLUSTER,
      useTls: env.PUSHER_USE_TLS === "on",
    },
    isDevelopment: env.NODE_ENV === "development",
    // These headers win over those of a route.
    isFile: request.nextUrl.pathname.startsWith("/api/attachments/"),
  });
  const response = NextResponse.next({
    request: { headers: askedHeaders(request, { nonce, policy: answered["content-security-policy"] ?? "" }) },
  });
  for (const [name, value] of Object.entries(answered)) {
    response.headers.set(name, value);
  }
  return response;
};

/** Next puts the nonce of the policy it finds in the request on its own scripts. Its inner headers are not for callers to set. */
const askedHeaders = (request: NextRequest, { nonce, policy }: { readonly nonce: string; readonly policy: string }): Headers => {
  const headers = new Headers(request.headers);
  // A copy, because the loop deletes from what it walks.
  for (const name of Array.from(headers.keys())) {
    if (name.startsWith("x-middleware-")) {
      headers.delete(name);
    }
  }
  headers.set(PATH_HEADER, askedPath(request.nextUrl));
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  return headers;
};

/** Neither files, which carry no scripts of their own, nor what machines call at high rate and no browser shows. */
export const config = { matcher: ["/((?!_next/static|_next/image|api/inngest|api/webhooks|api/relay).*)"] };
