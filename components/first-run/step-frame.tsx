"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

import { useClub } from "#components/lib/club.tsx";
import { firstRunPath } from "#components/lib/paths.ts";

type StepFrameProps = { readonly title: string; readonly about: string; readonly children: ReactNode };

/** One step, with the way back to the list. */
export const StepFrame = ({ title, about, children }: StepFrameProps) => {
  const { slug } = useClub();
  return (
    <section aria-label={title} className="flex flex-col gap-4">
      <Link
        href={firstRunPath(slug)}
        className="inline-flex min-h-6 items-center gap-1.5 self-start text-sm text-ink-2 hover:text-ink [&_svg]:size-4"
      >
        <ArrowLeft aria-hidden="true" />
        All steps
      </Link>
      <div>
        <h2 className="text-lg font-semibold text-balance">{title}</h2>
        <p className="mt-1 max-w-[72ch] text-sm text-pretty text-ink-2">{about}</p>
      </div>
      {children}
    </section>
  );
};
