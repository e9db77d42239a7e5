/** The theme is a cookie, not local storage: the server writes it into the first paint, so nothing flashes. */
export const THEME_COOKIE = "spotter-theme";
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const YEAR_SECONDS = 365 * 24 * 60 * 60;

export const parseTheme = (value: string | undefined): Theme => THEMES.find((theme) => theme === value) ?? "system";

/** Applies the theme at once and keeps it for the next visit. */
export const chooseTheme = (theme: Theme): void => {
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  if (theme === "system") {
    delete document.documentElement.dataset["theme"];
    return;
  }
  document.documentElement.dataset["theme"] = theme;
};

export const currentTheme = (): Theme => parseTheme(document.documentElement.dataset["theme"]);
