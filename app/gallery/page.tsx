import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { connection } from "next/server";

import { GalleryScreen } from "#components/gallery/gallery-screen.tsx";
import { ClockProvider } from "#components/lib/clock.tsx";
import { hasDeveloperPages } from "#server/auth/developer-pages.ts";

export const metadata: Metadata = { title: "Gallery" };

/** All primitives of the interface in all their states; served by `npm run dev` only. */
const GalleryPage = async () => {
  await connection();
  if (!hasDeveloperPages()) {
    notFound();
  }
  return (
    <ClockProvider zone="America/Denver" renderedAtMs={GALLERY_NOW_MS}>
      <GalleryScreen />
    </ClockProvider>
  );
};

/** Only the first paint's: the page's clock goes on from the browser's. */
const GALLERY_NOW_MS = Date.UTC(2026, 10, 21, 18);

export default GalleryPage;
