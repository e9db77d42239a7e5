import { AuthFrame } from "#app/(auth)/auth-frame.tsx";
import { SignOutButton } from "#app/(auth)/sign-out-button.tsx";

/** For somebody who signs in but was taken out of every club. */
export const NoClub = ({ email }: { readonly email: string }) => (
  <AuthFrame
    title="No club yet"
    lead={
      <p>
        You are signed in as <span className="font-semibold">{email}</span>, and no club has let you in so far. Ask your manager for an
        invitation and open its link.
      </p>
    }
  >
    <div className="mt-8">
      <SignOutButton goesTo="/sign-in" label="Sign out" />
    </div>
  </AuthFrame>
);
