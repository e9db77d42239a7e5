import { Section } from "#components/policy/section.tsx";
import { REGION_NAMES } from "#components/workflows/sending-words.ts";
import { clockTime } from "#components/workflows/workflow-words.ts";
import { DEFAULT_CAP, DEFAULT_WINDOW, STATE_CAPS, STATE_WINDOWS, type DayWindow } from "#server/domain/sending/send-rules.ts";

const CELL = "px-3 py-2 text-left whitespace-nowrap tabular-nums first:pl-4 last:pr-4";

/** The hours at the recipient. They come with the release and are not for anybody to widen. */
export const SendingWindows = ({ rulesVersion }: { readonly rulesVersion: string }) => {
  const rows = [
    { region: "everywhere", name: "Everywhere else", window: DEFAULT_WINDOW, perDay: DEFAULT_CAP.perDay },
    ...Object.entries(STATE_WINDOWS).map(([region, window]) => ({
      region,
      name: REGION_NAMES[region] ?? region,
      window,
      perDay: (STATE_CAPS[region] ?? DEFAULT_CAP).perDay,
    })),
  ];
  return (
    <Section
      id="windows"
      title="Hours and caps by state"
      about="On the clock where the person is: by address and by area code, and the stricter of the two. The narrowest rule that applies to somebody holds; your club’s quiet hours only narrow it further."
    >
      <div tabIndex={0} role="group" aria-label="Hours by state" className="relative overflow-x-auto focus-visible:-outline-offset-2">
        <table className="w-full border-collapse text-sm">
          <thead>
            <tr className="border-b border-line text-xs text-ink-3">
              {["State", "Monday to Friday", "Saturday", "Sunday", "A person a day"].map((name) => (
                <th key={name} scope="col" className={`${CELL} font-normal`}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, perDay, region, window }) => (
              <tr key={region} className="border-b border-line last:border-b-0">
                <th scope="row" className={`${CELL} font-normal`}>
                  {name}
                </th>
                <td className={CELL}>{hoursText(window.weekdays)}</td>
                <td className={CELL}>{hoursText(window.saturday)}</td>
                <td className={CELL}>{hoursText(window.sunday)}</td>
                <td className={CELL}>{perDay}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="border-t border-line px-4 py-2.5 text-xs text-ink-3">Rules of release {rulesVersion}.</p>
    </Section>
  );
};

const hoursText = ({ fromMinute, untilMinute }: DayWindow): string => `${clockTime(fromMinute)} to ${clockTime(untilMinute)}`;
