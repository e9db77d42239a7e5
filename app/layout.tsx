import "@fontsource-variable/inter";
import "./globals.css";

import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";

import { THEME_COOKIE, parseTheme } from "#components/lib/theme.ts";

export const metadata: Metadata = {
  title: { default: "Spotter", template: "%s · Spotter" },
  description: "The AI teammate of your club",
  appleWebApp: { capable: true, title: "Spotter" },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f4f1eb" },
    { media: "(prefers-color-scheme: dark)", color: "#131210" },
  ],
};

const RootLayout = async ({ children }: { readonly children: ReactNode }) => {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang="en" data-theme={theme === "system" ? undefined : theme}>
      <body>{children}</body>
    </html>
  );
};

export default RootLayout;
