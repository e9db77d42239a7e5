import { authOptions } from "#server/auth/auth-options.ts";
import { refuseForeign } from "#server/auth/refuse-foreign.ts";
import NextAuth from "next-auth";
import type { NextRequest } from "next/server";

type Context = { readonly params: Promise<{ nextauth: string[] }> };

const handle = async (request: NextRequest, context: Context): Promise<Response> =>
  refuseForeign(request) ?? NextAuth(request, context, authOptions());

export { handle as GET, handle as POST };
