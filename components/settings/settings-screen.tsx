"use client";

import { Bell, Building2, ChevronRight, Monitor, Plug, Siren, SlidersHorizontal, UserCog, UserRound } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";

import { useClub, useMay } from "#components/lib/club.tsx";
import { clubPath, settingsPath } from "#components/lib/paths.ts";
import { Page, Panel } from "#components/ui/page.tsx";

/** Where everything that can be set is found. */
export const SettingsScreen = () => {
  const { franchiseName, name, slug } = useClub();
  const mayManage = useMay("club.manage");
  return (
    <Page title="Settings" about={`What is yours, and what is set for ${name}.`}>
      <div className="flex max-w-180 flex-col gap-6">
        <Group label="You">
          <Entry
            icon={Bell}
            href={settingsPath(slug, "notifications")}
            title="Notifications"
            about="What you are told of, by which way, and when you are left alone."
          />
          <Entry
            icon={UserRound}
            href={settingsPath(slug, "me")}
            title="You"
            about="Your name, your password, your PIN and how Spotter looks."
          />
        </Group>
        <Group label={name}>
          <ClubEntries />
        </Group>
        {mayManage ? (
          <Group label={franchiseName}>
            <Entry
              icon={Building2}
              href={settingsPath(slug, "franchise")}
              title="Franchise"
              about="Its name, its clubs, where they are and how they are reached."
            />
          </Group>
        ) : null}
      </div>
    </Page>
  );
};

/** What is set for one club. */
const ClubEntries = () => {
  const { slug } = useClub();
  const mayRunDesks = useMay("desk.manage");
  const mayEscalate = useMay("escalation.manage");
  return (
    <>
      <Entry
        icon={SlidersHorizontal}
        href={clubPath(slug, "agent")}
        title="Agent"
        about="What Spotter may do alone, topic by topic, its hours and its words."
      />
      <Entry
        icon={Plug}
        href={clubPath(slug, "connections")}
        title="Connections"
        about="The vendors whose messages, members and doors Spotter sees."
      />
      {mayEscalate ? (
        <Entry
          icon={Siren}
          href={settingsPath(slug, "escalation")}
          title="Escalation"
          about="Who is told of a conversation that nobody takes, and who is next."
        />
      ) : null}
      {mayRunDesks ? (
        <Entry
          icon={Monitor}
          href={settingsPath(slug, "desk")}
          title="Desk"
          about="Shared computers that stay signed in, where a PIN says who acts."
        />
      ) : null}
      <Entry icon={UserCog} href={clubPath(slug, "team")} title="Team" about="Who works here, and who is invited." />
    </>
  );
};

const Group = ({ label, children }: { readonly label: string; readonly children: React.ReactNode }) => (
  <section aria-label={label} className="flex flex-col gap-2">
    <h2 className="text-sm font-semibold text-ink-2">{label}</h2>
    <Panel label={`Settings: ${label}`}>
      <ul className="divide-y divide-line">{children}</ul>
    </Panel>
  </section>
);

type EntryProps = { readonly icon: LucideIcon; readonly href: Route; readonly title: string; readonly about: string };

const Entry = ({ icon: Icon, href, title, about }: EntryProps) => (
  <li>
    <Link href={href} className="flex items-center gap-3 px-4 py-3 transition-colors hover:bg-sunken focus-visible:-outline-offset-2">
      <Icon aria-hidden="true" className="size-5 shrink-0 text-ink-2" strokeWidth={1.75} />
      <span className="min-w-0 flex-1">
        <span className="block text-base font-semibold">{title}</span>
        <span className="block text-sm text-pretty text-ink-2">{about}</span>
      </span>
      <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
    </Link>
  </li>
);
