import { authOptions } from "#server/auth/auth-options.ts";
import { deskHere } from "#server/auth/desk.ts";
import { refuseForeign } from "#server/auth/refuse-foreign.ts";
import { refusalOf } from "#server/auth/http-status.ts";
import { notAtTheDesk } from "#server/domain/desk.ts";
import NextAuth from "next-auth";
import type { NextRequest } from "next/server";

type Context = { readonly params: Promise<{ nextauth: string[] }> };

const handle = async (request: NextRequest, context: Context): Promise<Response> =>
  refuseForeign(request) ?? (await refuseAtDesk()) ?? NextAuth(request, context, authOptions());

/** Nobody signs in at a shared computer: the session would wait there until the day the desk is turned off. */
const refuseAtDesk = async (): Promise<Response | null> => ((await deskHere()) === null ? null : refusalOf(notAtTheDesk()));

export { handle as GET, handle as POST };
