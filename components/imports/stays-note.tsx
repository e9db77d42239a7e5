import { Info } from "lucide-react";

/** A file may hold a part of the calendar, so its silence says nothing. */
export const StaysNote = () => (
  <p className="flex gap-2 rounded-control bg-sunken px-3 py-2 text-sm text-ink-2 [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0">
    <Info aria-hidden="true" />
    <span>
      <span className="font-semibold text-ink">Not cancelled: a booking missing from the file stays.</span> To cancel one, hand it in with
      its status. Bookings that a connected system has told are left alone.
    </span>
  </p>
);
