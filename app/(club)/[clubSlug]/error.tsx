"use client";

import { BrokenPage } from "#components/ui/broken-page.tsx";

/** Inside the frame: the emergency stop and the other pages stay in reach. */
const ClubErrorPage = ({ reset }: { readonly reset: () => void }) => <BrokenPage onRetry={reset} />;

export default ClubErrorPage;
