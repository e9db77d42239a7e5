"use client";

import Link from "next/link";
import { useId } from "react";
import type { ReactNode } from "react";

import { cn } from "#components/lib/cn.ts";
import { useClub } from "#components/lib/club.tsx";
import { behindPath, usagePath } from "#components/dashboard/paths.ts";
import { METRICS, type MetricDefinition, type MetricKey } from "#server/domain/metrics/definitions.ts";
import { periodQuery } from "#server/domain/metrics/period-text.ts";
import type { Period } from "#server/domain/metrics/period.ts";

const COSTS: ReadonlySet<MetricKey> = new Set(["cost", "cost_per_conversation", "tokens", "cache_hit"]);

type MetricLinkProps = { readonly metric: MetricKey; readonly period: Period; readonly className?: string; readonly children: ReactNode };

/** Leads from a number to what stands behind it; its definition shows on hover and focus. */
export const MetricLink = ({ children, className, metric, period }: MetricLinkProps) => {
  const { slug } = useClub();
  const id = useId();
  const { hasList, sentence }: MetricDefinition = METRICS[metric];
  const description = (
    <span id={id} className="sr-only">
      {sentence}
    </span>
  );
  const href = hasList ? behindPath(slug, metric, periodQuery(period)) : COSTS.has(metric) ? usagePath(slug, periodQuery(period)) : null;
  if (href === null) {
    return (
      <div role="group" tabIndex={0} data-tip={sentence} aria-describedby={id} className={className}>
        {children}
        {description}
      </div>
    );
  }
  return (
    <Link href={href} data-tip={sentence} aria-describedby={id} className={cn("transition-colors hover:bg-sunken", className)}>
      {children}
      {description}
    </Link>
  );
};
