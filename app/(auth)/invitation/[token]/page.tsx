import type { Metadata } from "next";
import Link from "next/link";

import { AuthFrame } from "#app/(auth)/auth-frame.tsx";
import { AcceptButton } from "#app/(auth)/invitation/[token]/accept-button.tsx";
import { JoinForm } from "#app/(auth)/invitation/[token]/join-form.tsx";
import { SignOutButton } from "#app/(auth)/sign-out-button.tsx";
import { buttonStyles } from "#components/ui/button.tsx";
import { findInvitation } from "#server/auth/invitation.ts";
import { currentUser } from "#server/auth/session.ts";

/** The address carries the secret of the link: no search engine may keep it. */
export const metadata: Metadata = { title: "Invitation", robots: { index: false, follow: false } };

const ROLE_SENTENCES = { owner: "an owner", manager: "a manager", staff: "staff" } as const;

const InvitationPage = async ({ params }: { readonly params: Promise<{ readonly token: string }> }) => {
  const { token } = await params;
  const [invitation, user] = await Promise.all([findInvitation(token), currentUser()]);
  if (invitation === null) {
    return (
      <AuthFrame title="This link no longer works" lead="It was used, withdrawn or has run out. Ask whoever invited you for a new one." />
    );
  }
  const place = invitation.clubName ?? invitation.franchiseName;
  const path = `/invitation/${token}`;
  const lead = (
    <p>
      You are invited as {ROLE_SENTENCES[invitation.role]}
      {invitation.clubName === null ? " of every club" : ` of ${invitation.franchiseName}`}, under{" "}
      <span className="font-semibold break-words">{invitation.email}</span>.
    </p>
  );
  if (user !== null && user.email !== invitation.email) {
    return (
      <AuthFrame title={`Join ${place}`} lead={lead}>
        <p className="mt-6 mb-4 text-base text-ink-2">You are signed in as {user.email}. Sign out, then open this page again.</p>
        <SignOutButton goesTo={path} label="Sign out" />
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={`Join ${place}`} lead={lead}>
      <div className="mt-8">
        {user !== null ? (
          <AcceptButton path={path} />
        ) : invitation.hasUser ? (
          <SignInFirst path={path} />
        ) : (
          <JoinForm path={path} email={invitation.email} />
        )}
      </div>
    </AuthFrame>
  );
};

export default InvitationPage;

const SignInFirst = ({ path }: { readonly path: string }) => (
  <div className="flex flex-col items-start gap-4">
    <p className="text-base text-ink-2">You have a sign-in already. Use it, and you come back here.</p>
    <Link href={{ pathname: "/sign-in", query: { next: path } }} className={buttonStyles({ kind: "primary", size: "lg" })}>
      Sign in
    </Link>
  </div>
);
