import "server-only";

import { csvText } from "#server/domain/csv-text.ts";
import { GROUP_NAMES, METRICS, metricsOf } from "#server/domain/metrics/definitions.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { SignedIn } from "#server/services/users/find-signed-in.ts";
import type { z } from "zod";

import { figureCells, UNIT_WORDS } from "./figure-cells.ts";
import { listPortfolio } from "./list-portfolio.ts";
import type { PortfolioInput } from "./schemas.ts";

const HEADERS = ["club", "franchise", "metric", "value", "of", "value_before", "of_before", "unit", "currency", "definition"];

/** All figures of all clubs whose figures this person may see, as one table, with what each means. */
export const exportPortfolio = async (
  user: SignedIn,
  raw: z.input<typeof PortfolioInput>,
  asked: Pick<ServiceContext, "fixedNow" | "requestId">,
): Promise<string> => {
  const metrics = GROUP_NAMES.flatMap((group) => metricsOf(group));
  const rows = (await listPortfolio(user, raw, asked)).flatMap(({ currency, figures, franchiseName, name }) =>
    metrics.map((key) => {
      const { label, sentence, unit } = METRICS[key];
      const figure = figures[key];
      return [
        name,
        franchiseName,
        label,
        ...figureCells(figure?.now),
        ...figureCells(figure?.before),
        UNIT_WORDS[unit],
        currency,
        sentence,
      ];
    }),
  );
  return csvText([HEADERS, ...rows]);
};
