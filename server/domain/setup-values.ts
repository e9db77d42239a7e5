/** One field of the page that connects a vendor, as far as its value can be judged without asking anybody. */
export type FieldRule = {
  readonly name: string;
  readonly label: string;
  readonly kind: "text" | "secret" | "address" | "number" | "choice" | "switch";
  readonly isRequired: boolean;
  readonly choices?: readonly { readonly value: string; readonly label: string }[] | undefined;
};

/** Longer than any key or certificate a vendor hands out, far shorter than what would hurt. */
export const VALUE_MAX_CHARACTERS = 8_192;

/** What was pasted, without what pasting adds. A blank at the edge of a password may belong to it, a line break does not. */
export const tidyValue = (kind: FieldRule["kind"], value: string): string =>
  kind === "secret" ? value.replaceAll(/^[\r\n\t]+|[\r\n\t]+$/g, "") : value.trim();

/** Why a value cannot be right, in words for whoever typed it; `null` = as far as its text tells it can. Empty means "not given". */
export const refusalOfValue = (field: FieldRule, value: string): string | null => {
  if (value === "") {
    return field.isRequired ? `${field.label} is needed` : null;
  }
  if (value.length > VALUE_MAX_CHARACTERS) {
    return `${field.label} is too long`;
  }
  switch (field.kind) {
    case "number":
      return /^-?\d+(\.\d+)?$/.test(value) ? null : `${field.label} must be a number`;
    case "address":
      return URL.canParse(value) && value.startsWith("https://") ? null : `${field.label} must begin with https://`;
    case "choice":
      return field.choices?.some((choice) => choice.value === value) === true ? null : `${field.label} must be one of the choices`;
    case "switch":
      return value === "on" || value === "off" ? null : `${field.label} must be on or off`;
    default:
      return null;
  }
};
