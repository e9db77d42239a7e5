import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";

import { AuthFrame } from "#app/(auth)/auth-frame.tsx";
import { SignUpForm } from "#app/(auth)/sign-up/sign-up-form.tsx";
import { signInOffer } from "#server/auth/offer.ts";
import { currentUser } from "#server/auth/session.ts";

export const metadata: Metadata = { title: "Sign up" };

const SignUpPage = async () => {
  if ((await currentUser()) !== null) {
    redirect("/start");
  }
  if (!signInOffer().canSignUp) {
    return (
      <AuthFrame
        title="Sign-up is closed here"
        lead="Whoever runs this installation lets people in by invitation. Ask your owner or manager for a link."
      >
        <SignInLink />
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title="Sign up" lead="About ten minutes to a first club. Spotter reads and drafts, and sends nothing before you say so.">
      <SignUpForm />
      <SignInLink />
    </AuthFrame>
  );
};

export default SignUpPage;

const SignInLink = () => (
  <p className="mt-6 text-sm text-ink-2">
    You have a sign-in already?{" "}
    <Link href="/sign-in" className="font-semibold underline underline-offset-2">
      Sign in
    </Link>
  </p>
);
