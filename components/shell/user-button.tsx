"use client";

import { lazy, useMemo } from "react";

import { Avatar } from "#components/ui/avatar.tsx";
import { PopupButton } from "#components/ui/popup-button.tsx";
import type { PopupProps } from "#components/ui/popup-button.tsx";

const UserMenu = lazy(async () => ({ default: (await import("#components/shell/user-menu.tsx")).UserMenu }));

export type SignedInUser = {
  readonly name: string;
  readonly email: string;
  /** The shared computer they stand at. */ readonly deskName: string | null;
};

export const UserButton = ({ user, onShowKeys }: { readonly user: SignedInUser; readonly onShowKeys: () => void }) => {
  const Popup = useMemo(() => (popup: PopupProps) => <UserMenu {...popup} user={user} onShowKeys={onShowKeys} />, [user, onShowKeys]);
  return (
    <PopupButton popup={Popup} opens="menu" className="rounded-full">
      <Avatar name={user.name} />
      <span className="sr-only">{user.name}, your menu</span>
    </PopupButton>
  );
};
