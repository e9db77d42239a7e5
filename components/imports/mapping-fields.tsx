"use client";

import { ColumnFields } from "#components/imports/column-fields.tsx";
import {
  BOOKED_KIND_LABELS,
  BOOKED_STATUS_LABELS,
  BOOKING_FIELD_LABELS,
  FIELD_LABELS,
  MEANING_LABELS,
} from "#components/imports/import-words.ts";
import { TitledPanel } from "#components/imports/titled-panel.tsx";
import type { ImportView } from "#components/imports/use-import.ts";
import { WordMeanings } from "#components/imports/word-meanings.tsx";
import { BookingWriting, MemberWriting } from "#components/imports/writing-fields.tsx";
import {
  BOOKED_KINDS,
  BOOKED_STATUSES,
  BOOKING_FIELDS,
  IMPORT_FIELDS,
  WORD_MEANINGS,
  type BookingMapping,
  type MemberMapping,
} from "#server/domain/csv-import.ts";

type MappingProps<Mapping> = { readonly view: ImportView; readonly mapping: Mapping; readonly onChange: (mapping: Mapping) => void };

export const MemberMappingFields = ({ view, mapping, onChange }: MappingProps<MemberMapping>) => (
  <>
    <TitledPanel title="Columns">
      <ColumnFields
        view={view}
        fields={IMPORT_FIELDS}
        labels={FIELD_LABELS}
        columns={mapping.columns}
        onChange={(columns) => onChange({ ...mapping, columns })}
      />
    </TitledPanel>
    <TitledPanel title="How it is written">
      <MemberWriting mapping={mapping} onChange={onChange} />
    </TitledPanel>
    <WordMeanings
      view={view}
      column={mapping.columns.status}
      noun="status"
      meanings={WORD_MEANINGS}
      labels={MEANING_LABELS}
      words={mapping.statusWords}
      onChange={(statusWords) => onChange({ ...mapping, statusWords })}
    />
  </>
);

export const BookingMappingFields = ({ view, mapping, onChange }: MappingProps<BookingMapping>) => (
  <>
    <TitledPanel title="Columns">
      <ColumnFields
        view={view}
        fields={BOOKING_FIELDS}
        labels={BOOKING_FIELD_LABELS}
        columns={mapping.columns}
        onChange={(columns) => onChange({ ...mapping, columns })}
      />
    </TitledPanel>
    <TitledPanel title="How it is written">
      <BookingWriting mapping={mapping} onChange={onChange} />
    </TitledPanel>
    <WordMeanings
      view={view}
      column={mapping.columns.kind}
      noun="kind"
      meanings={BOOKED_KINDS}
      labels={BOOKED_KIND_LABELS}
      words={mapping.kindWords}
      onChange={(kindWords) => onChange({ ...mapping, kindWords })}
    />
    <WordMeanings
      view={view}
      column={mapping.columns.status}
      noun="status"
      meanings={BOOKED_STATUSES}
      labels={BOOKED_STATUS_LABELS}
      words={mapping.statusWords}
      onChange={(statusWords) => onChange({ ...mapping, statusWords })}
    />
  </>
);
