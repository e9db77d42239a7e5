import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";

import { AuthFrame } from "#app/(auth)/auth-frame.tsx";
import { SignInForm } from "#app/(auth)/sign-in/sign-in-form.tsx";
import { deskHere } from "#server/auth/desk.ts";
import { signInOffer } from "#server/auth/offer.ts";
import { safePath } from "#server/auth/safe-path.ts";
import { routeOf } from "#components/lib/paths.ts";
import { currentUser } from "#server/auth/session.ts";
import { signInMessage } from "#server/auth/sign-in-errors.ts";

export const metadata: Metadata = { title: "Sign in" };

type Search = { readonly next?: string | string[]; readonly error?: string | string[] };

const SignInPage = async ({ searchParams }: { readonly searchParams: Promise<Search> }) => {
  const { next, error } = await searchParams;
  const { canSignUp, hasGoogle, isDemo } = signInOffer();
  const goesTo = safePath(next);
  if ((await currentUser()) !== null) {
    redirect(routeOf(goesTo));
  }
  if ((await deskHere()) !== null) {
    redirect(`/desk?next=${encodeURIComponent(goesTo)}`);
  }
  return (
    <AuthFrame title="Sign in" lead="Your members are being looked after. See what needs you.">
      <SignInForm goesTo={goesTo} hasGoogle={hasGoogle} firstError={typeof error === "string" ? signInMessage(error) : null} />
      {canSignUp ? (
        <p className="mt-6 text-sm text-ink-2">
          New here?{" "}
          <Link href="/sign-up" className="font-semibold underline underline-offset-2">
            Sign up
          </Link>
        </p>
      ) : null}
      {isDemo ? (
        <p className="mt-8 border-t border-line pt-4 text-sm text-ink-3">
          This is a demo with invented clubs and members. Its sign-ins are printed in the terminal by{" "}
          <code className="font-semibold">npm start</code>.
        </p>
      ) : null}
    </AuthFrame>
  );
};

export default SignInPage;
