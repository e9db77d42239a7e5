"use client";

import { BrokenPage } from "#components/ui/broken-page.tsx";

const ErrorPage = ({ reset }: { readonly reset: () => void }) => (
  <main className="h-dvh">
    <BrokenPage onRetry={reset} />
  </main>
);

export default ErrorPage;
