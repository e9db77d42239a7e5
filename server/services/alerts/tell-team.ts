import "server-only";

import { CONNECTORS } from "#server/connectors/registry.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { PROVIDERS } from "#server/domain/vocabulary.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { planTeamNotice } from "#server/services/alerts/plan-team-message.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type Told = {
  /** Of the news: the same news is told once to each place. */
  readonly key: string;
  readonly text: string;
  readonly url: string;
};

/** Plans one notice for each connection of the club that lets itself be told, such as Slack. */
export const tellTeam = async (tx: ServiceTx, ctx: ServiceContext, { key, text, url }: Told): Promise<readonly Id<"effect">[]> => {
  const planned: Id<"effect">[] = [];
  for (const place of await tellablePlaces(tx, ctx)) {
    planned.push(
      await planTeamNotice(tx, ctx, {
        effectKey: `${key}:${place.id}`,
        connectionId: asId("connection", place.id),
        notice: { text, url, decision: null },
      }),
    );
  }
  return planned;
};

/** The connections of the club that let themselves be told, such as Slack. */
export const tellablePlaces = async (tx: Tx, { clubId }: Pick<ServiceContext, "clubId">) => {
  const providers = PROVIDERS.filter((provider) => CONNECTORS[provider]?.setup.capabilities.includes("notify") === true);
  const places = await tx.db.connection.findMany({
    where: { clubId, provider: { in: providers }, archivedAt: null, status: { not: "disabled" } },
    orderBy: { id: "asc" },
    select: { id: true, name: true, settings: true },
  });
  return places.filter(({ settings }) => wantsToHear(settings));
};

/** A connection that is told of nothing is not told of this. */
const wantsToHear = (settings: unknown): boolean =>
  !(typeof settings === "object" && settings !== null && "announce" in settings && settings.announce === "none");
