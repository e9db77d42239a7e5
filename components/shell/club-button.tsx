"use client";

import { ChevronsUpDown } from "lucide-react";
import { lazy } from "react";

import { useClub } from "#components/lib/club.tsx";
import { PopupButton } from "#components/ui/popup-button.tsx";

const ClubMenu = lazy(async () => ({ default: (await import("#components/shell/club-menu.tsx")).ClubMenu }));

export const ClubButton = () => {
  const club = useClub();
  return (
    <PopupButton
      popup={ClubMenu}
      opens="menu"
      aria-label={`${club.name}, switch club`}
      className="flex h-9 min-w-0 items-center gap-1.5 rounded-control px-2 text-left transition-colors hover:bg-sunken aria-expanded:bg-sunken"
    >
      <span className="truncate text-base font-semibold">{club.name}</span>
      <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-ink-3" />
    </PopupButton>
  );
};
