"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { THEMES, chooseTheme, currentTheme, type Theme } from "#components/lib/theme.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { NameForm } from "#components/settings/name-form.tsx";
import { PinForm } from "#components/settings/pin-form.tsx";
import { PasswordForm } from "#components/settings/password-form.tsx";
import { SettingsPage } from "#components/settings/settings-page.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Panel } from "#components/ui/page.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** One's own sign-in, the same in every club. */
export const MeScreen = () => {
  const account = useQuery(useTRPC().account.get.queryOptions());
  return (
    <SettingsPage title="You" about="Yours in every club you work in.">
      <div className="flex max-w-140 flex-col gap-6">
        {account.isPending ? <SkeletonRows count={3} label="Loading your settings" /> : null}
        {account.isError && account.data === undefined ? <ErrorState error={account.error} onRetry={() => void account.refetch()} /> : null}
        {account.data === undefined ? null : (
          <>
            <NameForm key={account.data.name} name={account.data.name} email={account.data.email} />
            <PinForm hasPin={account.data.pinSetAt !== null} />
            <PasswordForm email={account.data.email} hasPassword={account.data.hasPassword} />
          </>
        )}
        <Appearance />
      </div>
    </SettingsPage>
  );
};

const THEME_LABELS = { system: "Like the system", light: "Light", dark: "Dark" } as const satisfies Record<Theme, string>;

const Appearance = () => {
  // On the server nothing is chosen yet: the page itself already wears the theme of the cookie.
  const [theme, setTheme] = useState<Theme | null>(() => (typeof document === "undefined" ? null : currentTheme()));
  return (
    <Panel label="Appearance">
      <div className="flex flex-col items-start gap-2 p-4">
        <h2 className="text-base font-semibold">Appearance</h2>
        <p className="text-sm text-ink-2">Kept in this browser.</p>
        <SegmentedControl
          label="Appearance"
          options={THEMES.map((value) => ({ value, label: THEME_LABELS[value] }))}
          value={theme}
          onChange={(next) => {
            chooseTheme(next);
            setTheme(next);
          }}
        />
      </div>
    </Panel>
  );
};
