"use client";

import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { Suspense, lazy, useCallback, useState } from "react";
import type { ComponentProps, ReactNode } from "react";

import { SetupStrip } from "#components/first-run/setup-strip.tsx";
import { ClubProvider, useClub, useMay } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { currentCommands, useHotkeys, usePaletteKey } from "#components/lib/use-hotkeys.ts";
import { useNeedsYouSound } from "#components/lib/use-needs-you-sound.ts";
import { AlertsButton } from "#components/shell/alerts-button.tsx";
import { ClubButton } from "#components/shell/club-button.tsx";
import { CriticalStrip } from "#components/shell/critical-strip.tsx";
import { DemoLabel } from "#components/shell/demo-label.tsx";
import { EmergencyStop, StoppedStrip } from "#components/shell/emergency-stop.tsx";
import { LiveIndicator, OfflineStrip } from "#components/shell/live-indicator.tsx";
import { Nav } from "#components/shell/nav.tsx";
import { useIsDeskPage } from "#components/shell/use-pages.ts";
import { UserButton } from "#components/shell/user-button.tsx";
import type { SignedInUser } from "#components/shell/user-button.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { ServiceWorker } from "#components/shell/service-worker.tsx";
import { Toaster } from "#components/ui/toast.tsx";
import { TooltipLayer } from "#components/ui/tooltip.tsx";
import type { ClubSummary } from "#server/domain/inbox-view.ts";

const ShortcutSheet = lazy(async () => ({ default: (await import("#components/shell/shortcut-sheet.tsx")).ShortcutSheet }));

// Most browsers are somebody's own.
const DeskCorner = lazy(async () => ({ default: (await import("#components/shell/desk-corner.tsx")).DeskCorner }));
const NotAtTheDesk = lazy(async () => ({ default: (await import("#components/shell/desk-corner.tsx")).NotAtTheDesk }));

const Palette = lazy(async () => ({ default: (await import("#components/shell/palette.tsx")).Palette }));

type ClubShellProps = {
  readonly club: ClubSummary;
  readonly user: SignedInUser;
  readonly renderedAtMs: number;
  readonly children: ReactNode;
};

/** The frame of every page of a club. */
export const ClubShell = ({ club, user, renderedAtMs, children }: ClubShellProps) => (
  <ClubProvider club={club} renderedAtMs={renderedAtMs}>
    <Frame user={user}>{children}</Frame>
  </ClubProvider>
);

const Frame = ({ user, children }: { readonly user: SignedInUser; readonly children: ReactNode }) => {
  const { id: clubId, slug } = useClub();
  const trpc = useTRPC();
  const mayBeTold = useMay("notification.own");
  const settings = useQuery(trpc.live.settings.queryOptions({ clubId }, { staleTime: Number.POSITIVE_INFINITY }));
  const alerts = useQuery(trpc.alerts.list.queryOptions({ clubId }));
  const unread = useQuery(trpc.notifications.unread.queryOptions({ clubId }, { enabled: mayBeTold }));
  const counts = useQuery(trpc.conversations.counts.queryOptions({ clubId }));
  const approvals = useQuery(trpc.approvals.list.queryOptions({ clubId }));
  const [areKeysShown, setAreKeysShown] = useState(false);
  const showKeys = useCallback(() => setAreKeysShown(true), []);
  const [commands, setCommands] = useState<ReturnType<typeof currentCommands> | null>(null);
  const openPalette = useCallback(() => setCommands(currentCommands()), []);
  useHotkeys({ "?": { label: "Keyboard shortcuts", run: showKeys } });
  usePaletteKey(openPalette);
  useNeedsYouSound(counts.data?.needs_you);
  const isDemo = settings.data?.isDemo === true;
  const maySetUp = useMay("club.manage");

  return (
    <div className="isolate flex h-dvh flex-col">
      <SkipLink />
      <header className="shrink-0">
        <TopBar
          user={user}
          isDemo={isDemo}
          bell={{ unreadCount: unread.data ?? 0, alertCount: alerts.data?.length ?? 0 }}
          onShowKeys={showKeys}
          onOpenPalette={openPalette}
        />
        {isDemo ? <DemoLabel className="justify-center border-b border-line py-1 lg:hidden" /> : null}
        <StoppedStrip />
        <CriticalStrip alerts={alerts.data ?? []} />
        <OfflineStrip />
        {maySetUp ? <SetupStrip /> : null}
      </header>
      <div className="flex min-h-0 flex-1 max-md:flex-col">
        <Nav slug={slug} waiting={{ inbox: counts.data?.needs_you ?? 0, approvals: approvals.data?.length ?? 0 }} />
        <main id="main" tabIndex={-1} className="min-h-0 min-w-0 flex-1 outline-none">
          <Opened>{children}</Opened>
        </main>
      </div>
      <ServiceWorker />
      <Toaster />
      <TooltipLayer />
      {commands === null ? null : (
        <Suspense fallback={null}>
          <Palette commands={commands} onClose={() => setCommands(null)} />
        </Suspense>
      )}
      {areKeysShown ? (
        <Suspense fallback={null}>
          <ShortcutSheet isOpen onOpenChange={setAreKeysShown} />
        </Suspense>
      ) : null}
    </div>
  );
};

/** The page, where it may be opened: at a shared computer only some are. */
const Opened = ({ children }: { readonly children: ReactNode }) => {
  const { isAtDesk } = useClub();
  const isDeskPage = useIsDeskPage();
  return isAtDesk && !isDeskPage ? (
    <Suspense fallback={null}>
      <NotAtTheDesk />
    </Suspense>
  ) : (
    children
  );
};

type TopBarProps = {
  readonly user: SignedInUser;
  readonly isDemo: boolean;
  readonly bell: ComponentProps<typeof AlertsButton>;
  readonly onShowKeys: () => void;
  readonly onOpenPalette: () => void;
};

const TopBar = ({ user, isDemo, bell, onShowKeys, onOpenPalette }: TopBarProps) => (
  <div className="flex h-13 items-center gap-1.5 border-b border-line pr-3 pl-2 md:pl-0">
    <span className="hidden w-21 justify-center text-ink md:flex">
      <SpotterGlyph className="size-6" />
    </span>
    <ClubButton />
    {isDemo ? <DemoLabel className="ml-3 max-lg:hidden" /> : null}
    <div className="ml-auto flex shrink-0 items-center gap-2 md:gap-3">
      <LiveIndicator />
      <IconButton label="Find and do" hotkey="⌘K" onClick={onOpenPalette}>
        <Search />
      </IconButton>
      <AlertsButton {...bell} />
      <EmergencyStop />
      {user.deskName === null ? (
        <UserButton user={user} onShowKeys={onShowKeys} />
      ) : (
        <Suspense fallback={null}>
          <DeskCorner user={user} />
        </Suspense>
      )}
    </div>
  </div>
);

const SkipLink = () => (
  <a
    href="#main"
    className="sr-only z-50 rounded-control bg-solid px-3 py-2 text-sm text-on-solid focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
  >
    Skip to the page
  </a>
);
