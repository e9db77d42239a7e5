import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import type { MetricGroup } from "#server/domain/metrics/definitions.ts";
import type { Period } from "#server/domain/metrics/period.ts";

/** One group of figures; those of the period before stay on the screen until the new ones are here. */
export const useReport = (group: MetricGroup, period: Period) => {
  const { id: clubId } = useClub();
  return useQuery(useTRPC().reports.get.queryOptions({ clubId, period, group }, { placeholderData: keepPreviousData }));
};
