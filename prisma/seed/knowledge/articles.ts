import type { Fact } from "#server/domain/knowledge.ts";
import type { Tx } from "#server/platform/tenant.ts";

import type { DemoClub } from "../../demo.ts";
import { fixedId, serialOf } from "../fixed-id.ts";
import type { ClubProfile } from "../profiles.ts";
import type { SeedArticle } from "./article.ts";
import { askedFor } from "./asked.ts";
import { sharedArticles, spanishArticles } from "./every-club.ts";
import { golfArticles } from "./golf.ts";
import { gymArticles } from "./gym.ts";
import { spanishOf } from "./spanish.ts";

type Input = { readonly club: DemoClub; readonly franchiseId: string; readonly profile: ClubProfile };

/** Serials of a club's articles begin at its own serial times this. */
const ARTICLES_PER_CLUB = 1_000;

/** What the agent of one club may say. An article that exists keeps the words people gave it, archived ones included. */
export const seedArticles = async (tx: Tx, { club, franchiseId, profile }: Input): Promise<void> => {
  const rows = articlesOf(club, profile).map(({ title, sentences, facts = [], asked = [] }, index) => ({
    serial: serialOf(club.id) * ARTICLES_PER_CLUB + index,
    title,
    body: sentences.join(" "),
    asked: [...asked],
    translations: [...spanishOf(sentences)],
    facts: facts.map((fact, at): Fact => ({ id: `fact-${at + 1}`, ...fact, ...ALWAYS, stoppedAt: null, stopReason: null })),
  }));
  const scope = { franchiseId, clubId: club.id, status: "published", createdAt: tx.now };
  const articles = rows.map(({ serial, ...content }) => ({
    ...scope,
    ...content,
    id: fixedId("knowledgeArticle", serial),
    source: "demo",
    updatedAt: tx.now,
  }));
  const versions = rows.map(({ serial, ...content }) => ({
    ...scope,
    ...content,
    id: fixedId("knowledgeVersion", serial),
    articleId: fixedId("knowledgeArticle", serial),
    version: 1,
  }));
  await tx.db.knowledgeArticle.createMany({ data: articles, skipDuplicates: true });
  await tx.db.knowledgeVersion.createMany({ data: versions, skipDuplicates: true });
};

const ALWAYS = { validFromOn: null, validUntilOn: null } as const;

/** English first: of two articles that answer equally well the one with the smaller id is quoted. */
export const articlesOf = (club: DemoClub, profile: ClubProfile): readonly SeedArticle[] =>
  [
    ...sharedArticles(club, profile),
    ...(profile.kind === "gym" ? gymArticles(club, profile) : golfArticles(club, profile)),
    ...spanishArticles(club, profile),
  ].map((article) => ({ ...article, asked: askedFor(profile.kind, article) }));
