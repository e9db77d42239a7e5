"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

import { questionsState } from "#components/first-run/questions-state.ts";
import { useFirstRun } from "#components/first-run/use-first-run.ts";
import { useClub } from "#components/lib/club.tsx";
import { firstRunPath } from "#components/lib/paths.ts";

/** Says on every page that a new club is not set up yet, until its owner puts the list away. */
export const SetupStrip = () => {
  const { name, slug } = useClub();
  const pathname = usePathname();
  const run = useFirstRun();
  if (run.data == null || pathname === firstRunPath(slug)) {
    return null;
  }
  const states = [run.data.connect, questionsState(run.data), run.data.tried];
  const openCount = states.filter((state) => state === "open").length;
  return (
    <div className="flex items-center gap-2 border-b border-line bg-surface px-4 py-1.5 text-sm text-ink-2">
      <p className="min-w-0 flex-1 truncate">
        {openCount === 0 ? `${name} is ready.` : `Setting up ${name}: ${openCount} of ${states.length} steps to go.`}
      </p>
      <Link
        href={firstRunPath(slug)}
        className="inline-flex min-h-6 shrink-0 items-center font-semibold text-ink underline underline-offset-2"
      >
        {openCount === 0 ? "Finish" : "Go on"}
      </Link>
    </div>
  );
};
