"use client";

import { signOut } from "next-auth/react";

import { Button } from "#components/ui/button.tsx";

export const SignOutButton = ({ goesTo, label }: { readonly goesTo: string; readonly label: string }) => (
  <Button size="lg" onClick={() => void signOut({ callbackUrl: goesTo })}>
    {label}
  </Button>
);
