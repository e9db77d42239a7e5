"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

import { useClub } from "#components/lib/club.tsx";
import { clubPath } from "#components/lib/paths.ts";
import { Page } from "#components/ui/page.tsx";

type SettingsPageProps = { readonly title: string; readonly about: string; readonly aside?: ReactNode; readonly children: ReactNode };

/** One page of the settings, with the way back to all of them. */
export const SettingsPage = ({ title, about, aside, children }: SettingsPageProps) => {
  const { slug } = useClub();
  return (
    <Page title={title} about={about} aside={aside}>
      <Link
        href={clubPath(slug, "settings")}
        className="mb-4 inline-flex min-h-6 items-center gap-1.5 self-start text-sm text-ink-2 hover:text-ink [&_svg]:size-4"
      >
        <ArrowLeft aria-hidden="true" />
        All settings
      </Link>
      {children}
    </Page>
  );
};
