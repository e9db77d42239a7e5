"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Select } from "#components/ui/select.tsx";
import type { RehearsalContact } from "#server/domain/rehearsal.ts";

type WhoFieldsProps = { readonly who: RehearsalContact; readonly onChange: (who: RehearsalContact) => void };

export const INVENTED: RehearsalContact = { kind: "invented", firstName: "Ana", is: "member", balanceMinor: null, membershipType: null };

const KINDS = [
  { value: "member", label: "Member" },
  { value: "prospect", label: "Prospect" },
  { value: "unknown", label: "Unknown number" },
] as const;

/** Who the person at the keyboard pretends to be. */
export const WhoFields = ({ who, onChange }: WhoFieldsProps) => (
  <fieldset className="flex flex-col gap-3">
    <legend className="mb-1 text-sm font-semibold">You write as</legend>
    <SegmentedControl
      label="You write as"
      options={[
        { value: "invented", label: "Somebody invented" },
        { value: "contact", label: "A member of the club" },
      ]}
      value={who.kind}
      onChange={(kind) => onChange(kind === "invented" ? INVENTED : { kind: "contact", contactId: "" })}
    />
    {who.kind === "invented" ? <Invented who={who} onChange={onChange} /> : <Known contactId={who.contactId} onChange={onChange} />}
  </fieldset>
);

type InventedProps = Omit<WhoFieldsProps, "who"> & { readonly who: Extract<RehearsalContact, { kind: "invented" }> };

const Invented = ({ who, onChange }: InventedProps) => (
  <div className="grid gap-3 sm:grid-cols-3">
    <Field label="Who">
      {(control) => (
        <Select
          {...control}
          value={who.is}
          onChange={({ target }) => onChange({ ...who, is: KINDS.find(({ value }) => value === target.value)?.value ?? "unknown" })}
        >
          {KINDS.map(({ label, value }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </Field>
    <Field label="First name">
      {(control) => (
        <Input
          {...control}
          maxLength={40}
          value={who.firstName ?? ""}
          onChange={({ target }) => onChange({ ...who, firstName: target.value === "" ? null : target.value })}
        />
      )}
    </Field>
    {who.is === "member" ? (
      <Field label="Owes, in cents">
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            maxLength={9}
            value={who.balanceMinor ?? ""}
            onChange={({ target }) => {
              const digits = target.value.replaceAll(/\D/g, "");
              onChange({ ...who, balanceMinor: digits === "" ? null : digits });
            }}
          />
        )}
      </Field>
    ) : null}
  </div>
);

type KnownProps = { readonly contactId: string; readonly onChange: (who: RehearsalContact) => void };

const Known = ({ contactId, onChange }: KnownProps) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const [search, setSearch] = useState("");
  const people = useQuery(trpc.members.list.queryOptions({ clubId, segment: "members", search }));
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label="Find by name or number">
        {(control) => <Input {...control} value={search} maxLength={100} onChange={({ target }) => setSearch(target.value)} />}
      </Field>
      <Field label="Member" error={people.isError ? "The members could not be read." : undefined}>
        {(control) => (
          <Select {...control} value={contactId} onChange={({ target }) => onChange({ kind: "contact", contactId: target.value })}>
            <option value="">{people.isPending ? "Looking…" : people.data?.items.length === 0 ? "Nobody found" : "Choose"}</option>
            {people.data?.items.map(({ contactId: id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
};
