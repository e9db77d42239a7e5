import "server-only";

import { z } from "zod";

import { SEGMENTS, type PeoplePage, type PersonRow } from "#server/domain/people-view.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { cursorOf, positionOf } from "#server/services/keyset-cursor.ts";
import { GREEN_DAYS } from "#server/services/members/limits.ts";
import { segmentQuery } from "#server/services/members/segments.ts";

export const PEOPLE_PAGE_SIZE = 50;
/** Longer than any name, number or address somebody looks for. */
const SEARCH_MAX_LENGTH = 100;
/** From so many digits on, a search is taken for a part of a number. */
const MIN_PHONE_DIGITS = 4;
const CURSOR_MAX_LENGTH = 200;
/** A year: beyond it nobody is green. */
const GREEN_MAX_DAYS = 366;

export const ListPeopleInput = z.object({
  segment: z.enum(SEGMENTS),
  /** Only for `green`: how long ago somebody may have joined. */
  greenDays: z.int().min(1).max(GREEN_MAX_DAYS).default(GREEN_DAYS),
  search: z.string().trim().max(SEARCH_MAX_LENGTH).optional(),
  cursor: z.string().max(CURSOR_MAX_LENGTH).nullish(),
});

type Row = Omit<PersonRow, "name"> & { readonly createdAt: Date; readonly firstName: string; readonly lastName: string };

/** One page of a segment, newest record first; a search looks into name, number and address. @throws `invalid` for a cursor that is none */
export const listPeople = async (ctx: ServiceContext, raw: z.input<typeof ListPeopleInput>): Promise<PeoplePage> => {
  assertCan(ctx, "member.read");
  const { segment, greenDays, search = "", cursor } = ListPeopleInput.parse(raw);
  const rows = await withClub(
    ctx,
    async (tx) => {
      const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
      return tx.db.$queryRaw<Row[]>(
        segmentQuery({
          clubId: ctx.clubId,
          segment,
          before: typeof cursor === "string" ? positionOf(cursor) : null,
          limit: PEOPLE_PAGE_SIZE + 1,
          now: tx.now,
          timeZone,
          greenDays,
          ...(search === "" ? {} : { matching: matches(search) }),
        }),
      );
    },
    { fixedNow: ctx.fixedNow },
  );
  const page = rows.slice(0, PEOPLE_PAGE_SIZE);
  const last = page.at(-1);
  return {
    items: page.map(({ firstName, lastName, createdAt: _at, ...row }) => ({ ...row, name: nameOf({ firstName, lastName, ...row }) })),
    nextCursor: rows.length > PEOPLE_PAGE_SIZE && last !== undefined ? cursorOf({ at: last.createdAt, id: last.id }) : null,
  };
};

const nameOf = ({ firstName, lastName, phone, email }: Pick<Row, "firstName" | "lastName" | "phone" | "email">): string =>
  `${firstName} ${lastName}`.trim() || (phone ?? email ?? "Unnamed");

const matches = (search: string): Prisma.Sql => {
  const pattern = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const digits = search.replaceAll(/\D/g, "");
  const byNumber = digits.length < MIN_PHONE_DIGITS ? Prisma.empty : Prisma.sql`or phone like ${`%${digits}%`}`;
  return Prisma.sql`and ("firstName" || ' ' || "lastName" ilike ${pattern} or email ilike ${pattern} ${byNumber})`;
};
