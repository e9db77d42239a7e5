"use client";

import { useClock } from "#components/lib/clock.tsx";
import { formatDay, formatMoment, formatTime } from "#components/lib/format.ts";
import { Section } from "#components/panel/section.tsx";
import type { ContactPanel } from "#server/domain/contact-panel-view.ts";

type BookingFactsProps = { readonly bookings: ContactPanel["nextBookings"]; readonly binding: ContactPanel["binding"] };

/** What the person has booked next, on the club's clock. Whose bookings they were would be a guess at a shared address. */
export const BookingFacts = ({ bookings, binding }: BookingFactsProps) => {
  const clock = useClock();
  return binding === "shared" ? null : (
    <Section title="Next bookings">
      {bookings.length === 0 ? <p className="text-sm text-ink-2">Nothing is booked, as far as Spotter has been told.</p> : null}
      <ul className="flex flex-col gap-2">
        {bookings.map(({ id, title, place, startsAt, endsAt }) => (
          <li key={id} className="text-sm" title={formatMoment(startsAt, clock.zone)}>
            <span className="break-words">{place === null ? title : `${title}, ${place}`}</span>
            <span className="block text-xs text-ink-3 tabular-nums">
              {formatDay(startsAt, clock)}, {formatTime(startsAt, clock.zone)} to {formatTime(endsAt, clock.zone)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
};
