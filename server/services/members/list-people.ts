import "server-only";

import { z } from "zod";

import { PeopleFilter } from "#server/domain/people-filter.ts";
import { GREEN_DAYS, type PeoplePage, type PersonRow } from "#server/domain/people-view.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { orderOf, peopleQuery, placeCursor } from "#server/services/members/people-query.ts";

/** Far more than a screen shows. */
export const PEOPLE_PAGE_SIZE = 100;
const CURSOR_MAX_LENGTH = 800;
/** A year: beyond it nobody is green. */
const GREEN_MAX_DAYS = 366;

export const ListPeopleInput = PeopleFilter.extend({
  /** Only for `green`: how long ago somebody may have joined. */
  greenDays: z.int().min(1).max(GREEN_MAX_DAYS).default(GREEN_DAYS),
  cursor: z.string().max(CURSOR_MAX_LENGTH).nullish(),
  /** A cursor further down: the page ends there at the latest. */
  until: z.string().max(CURSOR_MAX_LENGTH).nullish(),
});

type Row = Omit<PersonRow, "name"> & {
  readonly firstName: string;
  readonly lastName: string;
  readonly sortedBy: string;
};

type Asked = z.output<typeof ListPeopleInput> & { readonly limit: number };

/**
 * One page of a segment, narrowed and ordered as asked; a search looks into name, number and address.
 * @throws `invalid` for a cursor that is none, or one of another order
 */
export const listPeople = (ctx: ServiceContext, raw: z.input<typeof ListPeopleInput>): Promise<PeoplePage> => {
  assertCan(ctx, "member.read");
  const input = ListPeopleInput.parse(raw);
  return withClub(ctx, (tx) => readPeople(tx, ctx, { ...input, limit: PEOPLE_PAGE_SIZE }), { fixedNow: ctx.fixedNow });
};

/** The same inside a transaction, with pages of another size. */
export const readPeople = async (
  tx: Tx,
  ctx: ServiceContext,
  { cursor, greenDays, limit, until, ...filter }: Asked,
): Promise<PeoplePage> => {
  const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
  const rows = await tx.db.$queryRaw<Row[]>(
    peopleQuery({
      clubId: ctx.clubId,
      filter,
      greenDays,
      cursor: cursor ?? null,
      until: until ?? null,
      limit: limit + 1,
      now: tx.now,
      timeZone,
    }),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const { direction, sort } = orderOf(filter);
  return {
    items: page.map(({ firstName, lastName, sortedBy: _by, ...row }) => ({
      ...row,
      name: nameOf({ firstName, lastName, ...row }),
    })),
    nextCursor: rows.length > limit && last !== undefined ? placeCursor([sort, direction, last.sortedBy, last.id]) : null,
  };
};

const nameOf = ({ firstName, lastName, phone, email }: Pick<Row, "firstName" | "lastName" | "phone" | "email">): string =>
  `${firstName} ${lastName}`.trim() || (phone ?? email ?? "Unnamed");
