import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";

type PreviewProps = {
  readonly title: string;
  /** What Spotter may quote; empty while nothing is answered. */
  readonly body: string;
  readonly facts: readonly { readonly id: string; readonly label: string; readonly value: string }[];
  /** Where it will stand. */
  readonly place: string;
};

/** What an answer becomes, while it is written. */
export const Preview = ({ title, body, facts, place }: PreviewProps) => (
  <section aria-label="Preview" aria-live="polite" className="flex flex-col gap-2 rounded-card border border-line bg-surface p-4">
    <p className="flex items-center gap-1.5 text-xs text-ink-3">
      <SpotterGlyph className="size-3.5 text-spotter-solid" />
      What Spotter will know
    </p>
    <p className="text-base font-semibold">{title}</p>
    {body === "" ? (
      <p className="text-sm text-ink-3">Nothing yet. As long as nobody tells it, Spotter says that it does not know and asks a person.</p>
    ) : (
      <p className="text-base break-words whitespace-pre-line">{body}</p>
    )}
    {facts.length === 0 ? null : (
      <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 border-t border-line pt-2 text-sm">
        {facts.map(({ id, label, value }) => (
          <div key={id} className="contents">
            <dt className="text-ink-3">{label}</dt>
            <dd className="break-words tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    )}
    <p className="text-xs text-ink-3">{place}</p>
  </section>
);
