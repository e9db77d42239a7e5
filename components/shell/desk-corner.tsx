"use client";

import { Monitor } from "lucide-react";
import { useState } from "react";

import type { SignedInUser } from "#components/shell/user-button.tsx";
import { useDeskWatch } from "#components/shell/use-desk-watch.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** Who stands at this shared computer, and the way to make room for the next. */
export const DeskCorner = ({ user }: { readonly user: SignedInUser }) => {
  const handOver = useDeskWatch();
  const [isBusy, setIsBusy] = useState(false);
  const leave = (): void => {
    setIsBusy(true);
    void handOver();
  };
  return (
    <div className="flex items-center gap-2">
      <Avatar name={user.name} />
      <p className="max-w-40 truncate text-sm max-sm:sr-only">
        {user.name}
        <span className="sr-only">, at {user.deskName}</span>
      </p>
      <Button size="sm" isBusy={isBusy} onClick={leave} data-tip="Locks this desk for the next person">
        Hand over
      </Button>
    </div>
  );
};

/** In place of a page that a PIN does not open. */
export const NotAtTheDesk = () => (
  <EmptyState icon={<Monitor />} title="Not at the desk">
    Sign in on your own device for this. Here you work the inbox, answer drafts and look things up.
  </EmptyState>
);
