"use client";

import dynamic from "next/dynamic";
import { useState, useSyncExternalStore } from "react";

import { isAskedToSignIn, onSignInAsked } from "#components/lib/sign-in-again.ts";

// Nobody is asked in most visits: what asks is fetched when it is needed.
const SignInAgainDialog = dynamic(() => import("./sign-in-again-dialog.tsx").then((module) => module.SignInAgainDialog), { ssr: false });

type SignInAgainProps = { readonly email: string; readonly hasGoogle: boolean };

/** Doors, bulk messages, referrals and credentials ask for a sign-in of the last minutes; here it is given on the spot. */
export const SignInAgain = ({ email, hasGoogle }: SignInAgainProps) => {
  const isAsked = useSyncExternalStore(onSignInAsked, isAskedToSignIn, () => false);
  const [wasAsked, setWasAsked] = useState(false);
  if (isAsked && !wasAsked) {
    setWasAsked(true);
  }
  return wasAsked ? <SignInAgainDialog isAsked={isAsked} email={email} hasGoogle={hasGoogle} /> : null;
};
