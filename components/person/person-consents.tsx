"use client";

import { Ban, Check, X } from "lucide-react";
import { lazy, Suspense, useState, type ReactNode } from "react";

import { useMay } from "#components/lib/club.tsx";
import { capitalize, words } from "#components/lib/format.ts";
import { Card } from "#components/person/card.tsx";
import type { Wish } from "#components/person/consent-dialog.tsx";
import { channelWords, purposeWords } from "#components/person/timeline-words.ts";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SPOKEN_SOURCE, type PersonConsent, type PersonDetail } from "#server/domain/person-view.ts";

const ConsentDialog = lazy(async () => ({ default: (await import("#components/person/consent-dialog.tsx")).ConsentDialog }));

/** May we write, for what, on whose word, in which words, since when, and what proves it. */
export const PersonConsents = ({ person: { consents, contactId, suppressions } }: { readonly person: PersonDetail }) => {
  const mayRecord = useMay("consent.record");
  const [wish, setWish] = useState<Wish | null>(null);
  return (
    <Card
      title="May we write"
      aside={
        mayRecord ? (
          <Button size="sm" onClick={() => setWish({ isGranted: true })}>
            Record a consent
          </Button>
        ) : null
      }
    >
      {consents.length + suppressions.length === 0 ? <p className="text-sm text-ink-2">No consent and no opt-out is on record.</p> : null}
      <ul aria-label="Consents that count" className="flex flex-col gap-3">
        {suppressions.map((entry) => (
          <SuppressionLine key={`${entry.channelKind} ${entry.createdAt.getTime()}`} entry={entry} />
        ))}
        {consents
          .filter(({ isNewest }) => isNewest)
          .map((consent) => (
            <ConsentLine
              key={consent.id}
              consent={consent}
              action={
                mayRecord && consent.isGranted ? (
                  <Button
                    size="sm"
                    kind="quiet"
                    className="-ml-2"
                    onClick={() => setWish({ isGranted: false, purpose: consent.purpose, channelKind: consent.channelKind })}
                  >
                    Withdraw
                  </Button>
                ) : null
              }
            />
          ))}
      </ul>
      <Earlier consents={consents.filter(({ isNewest }) => !isNewest)} />
      {wish === null ? null : (
        <Suspense fallback={null}>
          <ConsentDialog contactId={contactId} wish={wish} onClose={() => setWish(null)} />
        </Suspense>
      )}
    </Card>
  );
};

const SuppressionLine = ({
  entry: { channelKind, createdAt, purpose, source },
}: {
  readonly entry: PersonDetail["suppressions"][number];
}) => (
  <Line icon={<Ban aria-hidden="true" className="text-bad-ink" />} title={`Opted out: ${channelWords(channelKind)}, ${words(purpose)}`}>
    <span className="block text-xs text-ink-3">
      {capitalize(words(source))}, <RelativeTime at={createdAt} isInSentence />. Only they can lift it, by writing START.
    </span>
  </Line>
);

const Earlier = ({ consents }: { readonly consents: readonly PersonConsent[] }) =>
  consents.length === 0 ? null : (
    <details className="mt-3 text-sm">
      <summary className="flex min-h-6 cursor-pointer items-center text-xs text-ink-2">Earlier words ({consents.length})</summary>
      <ul className="mt-2 flex flex-col gap-3">
        {consents.map((consent) => (
          <ConsentLine key={consent.id} consent={consent} action={null} />
        ))}
      </ul>
    </details>
  );

const ConsentLine = ({ action, consent }: { readonly consent: PersonConsent; readonly action: ReactNode }) => (
  <Line
    icon={consent.isGranted ? <Check aria-hidden="true" className="text-good-ink" /> : <X aria-hidden="true" className="text-bad-ink" />}
    title={`${consent.isGranted ? "Agreed to" : "Refused"} ${purposeWords(consent.purpose)} by ${channelWords(consent.channelKind)}`}
  >
    <span className="block text-xs text-ink-3">
      {consent.source === SPOKEN_SOURCE ? "Told by word of mouth" : capitalize(words(consent.source))}
      {consent.recordedBy === null ? "" : `, written down by ${consent.recordedBy}`}, <RelativeTime at={consent.at} isInSentence />
    </span>
    <Proof label="Words" text={consent.wording} missing="not told" />
    {consent.isGranted ? <Proof label="Proof" text={consent.proof} missing="none, so no advertising by text" /> : null}
    {action}
  </Line>
);

const Proof = ({ label, missing, text }: { readonly label: string; readonly text: string | null; readonly missing: string }) => (
  <span className="block text-xs text-ink-2">
    {label}: {text === null || text.trim() === "" ? missing : <span className="break-words">“{text}”</span>}
  </span>
);

type LineProps = { readonly icon: ReactNode; readonly title: string; readonly children: ReactNode };

const Line = ({ children, icon, title }: LineProps) => (
  <li className="flex gap-2 text-sm [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0">
    {icon}
    <div className="min-w-0">
      {title}
      {children}
    </div>
  </li>
);
