import "server-only";

import { z } from "zod";

import {
  BookingMapping,
  MemberMapping,
  PHONE_COUNTRIES,
  type ImportKind,
  type ImportMapping,
  type ImportStatus,
  type PhoneCountry,
} from "#server/domain/csv-import.ts";
import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { Delimiter } from "#server/services/imports/read-table.ts";

export const ImportInput = z.object({ importId: idSchema("csvImport") });

const Headers = z.array(z.string());

type Where = { readonly clubId: string; readonly importId: string };

/** One import of the club with what it needs of the club. @throws `not_found` */
export const findImport = async (tx: Tx, { clubId, importId }: Where) => {
  const row = await tx.db.csvImport.findFirst({ where: { id: importId, clubId } });
  if (row === null) {
    throw notFound("import");
  }
  const { timeZone, currency } = await tx.db.club.findFirstOrThrow({ where: { id: clubId }, select: { timeZone: true, currency: true } });
  return {
    ...row,
    kind: row.kind as ImportKind,
    status: row.status as ImportStatus,
    delimiter: row.delimiter as Delimiter,
    headers: Headers.parse(row.headers),
    mapping: mappingOf(row.kind, row.mapping),
    club: { timeZone, currency: currency === "CAD" ? ("CAD" as const) : ("USD" as const), country: countryOf(currency) },
  };
};

const mappingOf = (kind: string, stored: unknown): ImportMapping | null =>
  (kind === "bookings" ? BookingMapping : MemberMapping).safeParse(stored).data ?? null;

/** A club has a currency and no country; people can choose another for their table. */
const countryOf = (currency: string): PhoneCountry => PHONE_COUNTRIES.find((country) => currency.startsWith(country)) ?? "US";

/** How the club has read its last table of the kind. */
export const rememberedMapping = async (tx: Tx, { clubId, importId, kind }: Where & { readonly kind: string }) => {
  const rows = await tx.db.csvImport.findMany({
    where: { clubId, kind, id: { not: importId }, startedAt: { not: null } },
    orderBy: { id: "desc" },
    take: 1,
    select: { headers: true, mapping: true },
  });
  const [last] = rows;
  const mapping = mappingOf(kind, last?.mapping);
  return last === undefined || mapping === null ? null : { headers: Headers.parse(last.headers), mapping };
};
