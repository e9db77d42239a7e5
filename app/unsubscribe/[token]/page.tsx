import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { UnsubscribeButton } from "#app/unsubscribe/[token]/unsubscribe-button.tsx";
import { findUnsubscribe } from "#server/auth/unsubscribe.ts";

/** The address carries the secret of the link: no search engine may keep it. */
export const metadata: Metadata = { title: "Unsubscribe", robots: { index: false, follow: false } };

/** For a person who opened the link: asks once, because mail scanners open links as well. */
const UnsubscribePage = async ({ params }: { readonly params: Promise<{ readonly token: string }> }) => {
  const { token } = await params;
  const link = await findUnsubscribe(token);
  if (link === null) {
    notFound();
  }
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-2 px-8 text-center">
      <h1 className="text-xl font-semibold text-balance">Stop e-mail from {link.clubName}?</h1>
      <p className="mb-3 max-w-[48ch] text-sm text-pretty text-ink-2">
        Nothing more is sent to the address this link came to. To hear from the club again, answer any of its mails with START.
      </p>
      <UnsubscribeButton path={`/api/unsubscribe/${encodeURIComponent(token)}`} />
    </main>
  );
};

export default UnsubscribePage;
