"use client";

import { Choice } from "#components/imports/choice.tsx";
import { BOOKED_KIND_LABELS, countryLabel, DATE_ORDER_LABELS } from "#components/imports/import-words.ts";
import { useZone } from "#components/lib/clock.tsx";
import {
  BOOKED_KINDS,
  DATE_ORDERS,
  PHONE_COUNTRIES,
  type BookingMapping,
  type ImportMapping,
  type MemberMapping,
} from "#server/domain/csv-import.ts";

type WritingFieldsProps<Mapping> = { readonly mapping: Mapping; readonly onChange: (mapping: Mapping) => void };

const DECIMALS = { point: "Point, 1,234.50", comma: "Comma, 1.234,50" } as const;
const KINDS = { member: "A member", prospect: "A prospect" } as const;

export const MemberWriting = ({ mapping, onChange }: WritingFieldsProps<MemberMapping>) => (
  <div className="grid gap-4 p-4 md:grid-cols-2">
    <SharedWriting mapping={mapping} onChange={onChange} />
    <Choice
      label="Amounts"
      options={["point", "comma"]}
      nameOf={(decimal) => DECIMALS[decimal]}
      value={mapping.decimal}
      onChange={(decimal) => onChange({ ...mapping, decimal })}
    />
    <Choice
      label="A row without a status is"
      options={["member", "prospect"]}
      nameOf={(kind) => KINDS[kind]}
      value={mapping.defaultKind}
      onChange={(defaultKind) => onChange({ ...mapping, defaultKind })}
    />
  </div>
);

export const BookingWriting = ({ mapping, onChange }: WritingFieldsProps<BookingMapping>) => (
  <div className="grid gap-4 p-4 md:grid-cols-2">
    <SharedWriting mapping={mapping} onChange={onChange} />
    <Choice
      label="A row without a kind is"
      options={BOOKED_KINDS}
      nameOf={(kind) => BOOKED_KIND_LABELS[kind]}
      value={mapping.defaultKind}
      onChange={(defaultKind) => onChange({ ...mapping, defaultKind })}
    />
    <ClubClock />
  </div>
);

/** A table does not say whose clock it was written by. */
const ClubClock = () => {
  const zone = useZone();
  return (
    <div className="flex flex-col gap-1.5 text-sm">
      <p className="font-semibold">Time zone</p>
      <p className="text-ink-2">The club’s own, {zone.replaceAll("_", " ")}. Change it in the file if it was written by another clock.</p>
    </div>
  );
};

const SharedWriting = <Mapping extends ImportMapping>({ mapping, onChange }: WritingFieldsProps<Mapping>) => (
  <>
    <Choice
      label="Dates"
      options={DATE_ORDERS}
      nameOf={(order) => DATE_ORDER_LABELS[order]}
      value={mapping.dateOrder}
      onChange={(dateOrder) => onChange({ ...mapping, dateOrder })}
    />
    <Choice
      label="Phones without a country"
      options={PHONE_COUNTRIES}
      nameOf={countryLabel}
      value={mapping.country}
      onChange={(country) => onChange({ ...mapping, country })}
    />
  </>
);
