"use client";

import { Check, Keyboard, LogOut, Monitor, Moon, Sun, Volume2, VolumeX } from "lucide-react";
import { useState } from "react";

import { useClub } from "#components/lib/club.tsx";
import { ROLE_LABELS } from "#components/lib/labels.ts";
import { useSwitch } from "#components/lib/preferences.ts";
import { playNeedsYouSound } from "#components/lib/sound.ts";
import { THEMES, chooseTheme, currentTheme } from "#components/lib/theme.ts";
import type { Theme } from "#components/lib/theme.ts";
import { signOutHere } from "#components/shell/sign-out-here.ts";
import type { SignedInUser } from "#components/shell/user-button.tsx";
import { Menu, MenuGroup, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import type { PopupProps } from "#components/ui/popup-button.tsx";

type UserMenuProps = PopupProps & { readonly user: SignedInUser; readonly onShowKeys: () => void };

const THEME_ENTRIES = {
  system: { label: "Like the system", icon: <Monitor /> },
  light: { label: "Light", icon: <Sun /> },
  dark: { label: "Dark", icon: <Moon /> },
} as const satisfies Record<Theme, { label: string; icon: React.ReactNode }>;

export const UserMenu = ({ user, onShowKeys, ...popup }: UserMenuProps) => {
  const { role } = useClub();
  const [isSoundOn, setIsSoundOn] = useSwitch("needsYouSound");
  const toggleSound = () => {
    setIsSoundOn(!isSoundOn);
    if (!isSoundOn) {
      playNeedsYouSound();
    }
  };
  return (
    <Menu {...popup} label="Your menu" align="end">
      {/* A menu may hold entries only: spans are no paragraphs to a reader of the screen. */}
      <div className="px-2 pt-1.5 pb-2 *:block">
        <span className="text-sm font-semibold">{user.name}</span>
        <span className="text-xs text-ink-3">{user.email}</span>
        <span className="text-xs text-ink-3">{ROLE_LABELS[role]}</span>
      </div>
      <MenuSeparator />
      <ThemeEntries />
      <MenuSeparator />
      <MenuItem icon={isSoundOn ? <Volume2 /> : <VolumeX />} onClick={toggleSound}>
        {isSoundOn ? "Needs-you sound is on" : "Needs-you sound is off"}
      </MenuItem>
      <MenuItem icon={<Keyboard />} onClick={onShowKeys}>
        Keyboard shortcuts
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onClick={() => void signOutHere("/sign-in")}>
        Sign out
      </MenuItem>
    </Menu>
  );
};

const ThemeEntries = () => {
  const [theme, setTheme] = useState(currentTheme);
  const choose = (next: Theme) => {
    chooseTheme(next);
    setTheme(next);
  };
  return (
    <MenuGroup label="Appearance">
      {THEMES.map((entry) => (
        <MenuItem key={entry} icon={THEME_ENTRIES[entry].icon} onClick={() => choose(entry)}>
          <span className="flex-1">{THEME_ENTRIES[entry].label}</span>
          {entry === theme ? <Check aria-label="chosen" /> : null}
        </MenuItem>
      ))}
    </MenuGroup>
  );
};
