import type { Tx } from "#server/platform/tenant.ts";

import type { DemoClub } from "../../demo.ts";
import { fixedId, serialOf } from "../fixed-id.ts";
import type { ClubProfile } from "../profiles.ts";
import type { SeedArticle } from "./article.ts";
import { sharedArticles, spanishArticles } from "./every-club.ts";
import { golfArticles } from "./golf.ts";
import { gymArticles } from "./gym.ts";

type Input = { readonly club: DemoClub; readonly franchiseId: string; readonly profile: ClubProfile };

/** Serials of a club's articles begin at its own serial times this. */
const ARTICLES_PER_CLUB = 1_000;

/** What the agent of one club may say. An article that exists keeps the words people gave it, archived ones included. */
export const seedArticles = async (tx: Tx, { club, franchiseId, profile }: Input): Promise<void> => {
  await tx.db.knowledgeArticle.createMany({
    data: articlesOf(club, profile).map(({ title, sentences, facts }, index) => ({
      id: fixedId("knowledgeArticle", serialOf(club.id) * ARTICLES_PER_CLUB + index),
      franchiseId,
      clubId: club.id,
      title,
      body: sentences.join(" "),
      facts: [...(facts ?? [])],
      status: "published",
      source: "demo",
      createdAt: tx.now,
      updatedAt: tx.now,
    })),
    skipDuplicates: true,
  });
};

/** English first: of two articles that answer equally well the one with the smaller id is quoted. */
export const articlesOf = (club: DemoClub, profile: ClubProfile): readonly SeedArticle[] => [
  ...sharedArticles(club, profile),
  ...(profile.kind === "gym" ? gymArticles(club, profile) : golfArticles(club, profile)),
  ...spanishArticles(club, profile),
];
