import type { MetadataRoute } from "next";

/** What a phone needs to keep Spotter beside its other apps. Colours are those of the light theme; a phone knows one pair only. */
const manifest = (): MetadataRoute.Manifest => ({
  id: "/",
  name: "Spotter",
  short_name: "Spotter",
  description: "The AI teammate of your club",
  start_url: "/",
  scope: "/",
  display: "standalone",
  background_color: "#f4f1eb",
  theme_color: "#f4f1eb",
  icons: [
    { src: "/icons/icon-192.png", sizes: "192x192", type: "image/png" },
    { src: "/icons/icon-512.png", sizes: "512x512", type: "image/png" },
    { src: "/icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
  ],
});

export default manifest;
