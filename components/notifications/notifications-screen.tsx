"use client";

import { useQuery } from "@tanstack/react-query";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { NotificationsForm } from "#components/notifications/notifications-form.tsx";
import { SettingsPage } from "#components/settings/settings-page.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** Of what one is told in this club, how, and when not. */
export const NotificationsScreen = () => {
  const { id: clubId, name } = useClub();
  const settings = useQuery(useTRPC().notifications.settings.queryOptions({ clubId }));
  return (
    <SettingsPage
      title="Notifications"
      about={`What you are told of in ${name}, by which way, and when you are left alone. Only you see this.`}
    >
      {settings.isPending ? <SkeletonRows count={6} label="Loading your notifications" /> : null}
      {settings.isError && settings.data === undefined ? (
        <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
      ) : null}
      {settings.data === undefined ? null : <NotificationsForm key={JSON.stringify(settings.data.settings)} view={settings.data} />}
    </SettingsPage>
  );
};
