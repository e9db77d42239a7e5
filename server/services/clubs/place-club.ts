import "server-only";

import { randomInt } from "node:crypto";

import type { z } from "zod";

import type { NewClubFacts } from "#server/domain/club-facts.ts";
import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { slugOf } from "#server/domain/slug.ts";
import { newId } from "#server/platform/ids.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { keepStep } from "#server/services/first-run/keep-step.ts";

import { createClub } from "./create-club.ts";

export type PlacedClub = { readonly clubId: Id<"club">; readonly slug: string };

type Placed = { readonly franchiseId: Id<"franchise">; readonly userId: Id<"user">; readonly facts: z.output<typeof NewClubFacts> };

/** Chosen by us: a name that so many clubs bear gets a number nobody has drawn yet. */
const TRIES = 6;
const DRAWN_BELOW = 1_000_000;

/** The first free address of a name, tried in turn: `ironwood`, `ironwood-2`, then with a drawn number. @throws `conflict` */
export const withFreeSlug = async (name: string, isTaken: (slug: string) => Promise<boolean>): Promise<string> => {
  const slug = slugOf(name);
  for (let turn = 1; turn <= TRIES; turn += 1) {
    const tried = turn === 1 ? slug : `${slug}-${turn === 2 ? turn : randomInt(DRAWN_BELOW)}`;
    if (!(await isTaken(tried))) {
      return tried;
    }
  }
  throw new DomainError("conflict", "many clubs bear this name; add your city to it");
};

/** A new club of a franchise in shadow, with its first run begun. In the context of the franchise. */
export const placeClub = async (tx: Tx, { franchiseId, userId, facts }: Placed): Promise<PlacedClub> => {
  const clubId = newId("club");
  const slug = await withFreeSlug(facts.name, async (tried) => !(await createClub(tx, { id: clubId, franchiseId, slug: tried, ...facts })));
  await keepStep(tx, { franchiseId, clubId, userId, step: "begun", state: "done" });
  return { clubId, slug };
};
