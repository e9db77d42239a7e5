import Link from "next/link";

import { AuthFrame } from "#app/(auth)/auth-frame.tsx";
import { SignOutButton } from "#app/(auth)/sign-out-button.tsx";
import { buttonStyles } from "#components/ui/button.tsx";

type NoClubProps = { readonly email: string; /** Whether they may found a franchise of their own. */ readonly canFound: boolean };

/** For somebody who signs in and works nowhere: new here, or taken out of every club. */
export const NoClub = ({ email, canFound }: NoClubProps) => (
  <AuthFrame
    title="No club yet"
    lead={
      <p>
        You are signed in as <span className="font-semibold">{email}</span>, and no club has let you in so far. Ask your manager for an
        invitation and open its link{canFound ? ", or start a club of your own" : ""}.
      </p>
    }
  >
    <div className="mt-8 flex flex-wrap gap-3">
      {canFound ? (
        <Link href="/start" className={buttonStyles({ kind: "primary", size: "lg" })}>
          Start a club
        </Link>
      ) : null}
      <SignOutButton goesTo="/sign-in" label="Sign out" />
    </div>
  </AuthFrame>
);
