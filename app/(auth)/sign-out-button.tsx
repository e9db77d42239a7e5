"use client";

import { signOutHere } from "#components/shell/sign-out-here.ts";
import { Button } from "#components/ui/button.tsx";

export const SignOutButton = ({ goesTo, label }: { readonly goesTo: string; readonly label: string }) => (
  <Button size="lg" onClick={() => void signOutHere(goesTo)}>
    {label}
  </Button>
);
