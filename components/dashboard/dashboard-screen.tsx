"use client";

import { ChartNoAxesColumn, Download } from "lucide-react";
import Link from "next/link";

import { CalibrationChart, ResponseChart, RoadsChart } from "#components/dashboard/charts.tsx";
import { Freshness } from "#components/dashboard/freshness.tsx";
import { PeriodPicker, usePeriod } from "#components/dashboard/period-picker.tsx";
import { PeriodLine } from "#components/dashboard/period-line.tsx";
import { ReportPanel } from "#components/dashboard/report-panel.tsx";
import { Tiles } from "#components/dashboard/tiles.tsx";
import { useReport } from "#components/dashboard/use-report.ts";
import { useClub, useMay } from "#components/lib/club.tsx";
import { portfolioPath, reportFilePath, usagePath } from "#components/dashboard/paths.ts";
import { buttonStyles } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Page } from "#components/ui/page.tsx";
import type { MetricKey } from "#server/domain/metrics/definitions.ts";
import { periodQuery } from "#server/domain/metrics/period-text.ts";
import type { Period } from "#server/domain/metrics/period.ts";

const SHARES: readonly MetricKey[] = ["coverage", "auto_share", "assisted", "handed_over", "staff_only", "no_answer"];

/** How the club is served: by Spotter, by the team, and with what result. */
export const DashboardScreen = () => {
  const { slug } = useClub();
  const { period } = usePeriod();
  const mayRead = useMay("report.read");
  return (
    <Page
      title="Dashboard"
      about="How people are answered here, by Spotter and by the team. Every number opens what stands behind it."
      aside={mayRead ? <Links slug={slug} period={period} /> : null}
    >
      {mayRead ? (
        <Figures period={period} />
      ) : (
        <EmptyState icon={<ChartNoAxesColumn />} title="For managers and owners">
          The figures of the club are for managers and owners. Ask one of them.
        </EmptyState>
      )}
    </Page>
  );
};

const Links = ({ period, slug }: { readonly slug: string; readonly period: Period }) => (
  <div className="flex flex-wrap gap-2">
    <Link href={portfolioPath(slug)} className={buttonStyles({ kind: "quiet" })}>
      All clubs
    </Link>
    <Link href={usagePath(slug)} className={buttonStyles({ kind: "quiet" })}>
      Usage and budget
    </Link>
    <a href={reportFilePath(slug, periodQuery(period))} download className={buttonStyles({ kind: "secondary" })}>
      <Download aria-hidden="true" />
      Download CSV
    </a>
  </div>
);

const Figures = ({ period }: { readonly period: Period }) => (
  <div className="flex flex-col gap-8">
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <PeriodPicker />
      <PeriodLine period={period} />
    </div>
    <Tiles period={period} />
    <Charts period={period} />
    <div className="gap-x-6 lg:columns-2">
      <ReportPanel title="Right now" group="standing" period={period}>
        <Freshness />
      </ReportPanel>
      <ReportPanel title="Who answered" group="answering" metrics={SHARES} period={period} />
      <ReportPanel title="Speed" group="response" period={period} />
      <ReportPanel title="Settled" group="settling" period={period} />
      <ReportPanel title="Quality" group="quality" period={period} />
      <ReportPanel title="What Spotter began" group="outreach" period={period} />
      <ReportPanel title="Machinery and cost" group="machine" period={period} />
    </div>
  </div>
);

const Charts = ({ period }: { readonly period: Period }) => {
  const answering = useReport("answering", period);
  const response = useReport("response", period);
  const quality = useReport("quality", period);
  if (answering.data?.figures.conversations?.now.value === 0) {
    return (
      <div className="rounded-card border border-line bg-surface">
        <EmptyState icon={<ChartNoAxesColumn />} title="Nobody wrote in this period">
          With the first message that reaches the club, who answered it and how fast appears here. Try a longer period.
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="grid gap-4 *:min-w-0 lg:grid-cols-2 lg:*:first:col-span-2 lg:[&>:nth-child(2):last-child]:col-span-2">
      {answering.data === undefined ? null : <RoadsChart days={answering.data.days} lines={answering.data.lines} />}
      {response.data === undefined ? null : <ResponseChart days={response.data.days} lines={response.data.lines} />}
      {quality.data === undefined || quality.data.calibration.length === 0 ? null : <CalibrationChart steps={quality.data.calibration} />}
    </div>
  );
};
