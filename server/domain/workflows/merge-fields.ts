/** What a text may be filled with. Closed: a template with another field is no template. */
export const MERGE_FIELDS = {
  first_name: { label: "First name", fallback: "there", example: "Robin" },
  club_name: { label: "Club", fallback: null, example: "Iron Valley Gym" },
  club_phone: { label: "Phone of the club", fallback: null, example: "+1 303 555 0100" },
  membership_type: { label: "Membership", fallback: "your membership", example: "Premium" },
  joined_on: { label: "Joined on", fallback: null, example: "November 3" },
  last_visit_on: { label: "Last visit", fallback: null, example: "October 28" },
  anniversary: { label: "Years with the club", fallback: null, example: "3 years" },
  visit_count: { label: "Number of visits", fallback: null, example: "50" },
  amount: { label: "Amount due", fallback: null, example: "$42.50" },
  due_for: { label: "What it is due for", fallback: "your membership", example: "your membership dues" },
  due_since: { label: "Due since", fallback: null, example: "November 1" },
  pay_link: { label: "Link to pay", fallback: null, example: "https://pay.example/abc" },
  lock_date: { label: "Day the access ends", fallback: null, example: "November 24" },
  last_payment: { label: "Last payment", fallback: null, example: "$39.00 on October 1" },
} as const satisfies Record<string, { readonly label: string; readonly fallback: string | null; readonly example: string }>;

export type MergeField = keyof typeof MERGE_FIELDS;
export const MERGE_FIELD_NAMES = Object.keys(MERGE_FIELDS) as readonly MergeField[];

/** What is known of one person; a field that is absent or empty is not known. */
export type MergeValues = Partial<Readonly<Record<MergeField, string>>>;

const PLACE = /\{\{\s*([^{}]*?)\s*\}\}/gu;
const isField = (name: string): name is MergeField => Object.hasOwn(MERGE_FIELDS, name);

/** The fields a template names, each once, in the order of their first place. */
export const fieldsOf = (template: string): readonly MergeField[] => [...new Set(namesOf(template).filter(isField))];

/** Names in braces that are no fields, and braces that belong to no name. */
export const unknownFieldsOf = (template: string): readonly string[] => {
  const names = namesOf(template).filter((name) => !isField(name));
  const rest = template.replaceAll(PLACE, "");
  return [...new Set([...names, ...(/[{}]/u.test(rest) ? ["{"] : [])])];
};

const namesOf = (template: string): readonly string[] => [...template.matchAll(PLACE)].map(([, name = ""]) => name);

export type Rendered = { readonly kind: "text"; readonly text: string } | { readonly kind: "missing"; readonly fields: readonly string[] };

/**
 * A template filled for one person. A value is put in as it is: what looks like a field in it stays text. Without a value the
 * fallback of the field stands in; where it has none the text is not sent.
 */
export const render = (template: string, values: MergeValues): Rendered => {
  const missing = new Set<string>(unknownFieldsOf(template));
  const text = template.replaceAll(PLACE, (_place, name: string) => {
    const value = isField(name) ? valueOf(name, values) : null;
    if (value === null) {
      missing.add(name);
    }
    return value ?? "";
  });
  return missing.size > 0 ? { kind: "missing", fields: [...missing] } : { kind: "text", text: tidy(text) };
};

const valueOf = (field: MergeField, values: MergeValues): string | null => {
  const given = (Object.hasOwn(values, field) ? (values[field] ?? "") : "").replaceAll(/\s+/gu, " ").trim();
  return given === "" ? MERGE_FIELDS[field].fallback : given;
};

const tidy = (text: string): string =>
  text
    .replaceAll(/[^\S\n]+/gu, " ")
    .replaceAll(/ *\n */gu, "\n")
    .trim();

/** Filled with examples: what a template looks like, and what the guards read. */
export const renderExample = (template: string): Rendered =>
  render(template, Object.fromEntries(MERGE_FIELD_NAMES.map((name) => [name, MERGE_FIELDS[name].example])));

export const OPT_OUT_LINE = "Reply STOP to opt out.";

/** A text of somebody's own leaves that line to code. */
export const OPT_OUT_WORDS = /\breply\s+stop\b|\bopt[\s-]?out\b|\bunsubscribe\b/iu;

/** Every text of a workflow says how to end it, once. */
export const withOptOut = (text: string): string => (/\breply stop\b/iu.test(text) ? text : `${text}\n${OPT_OUT_LINE}`);

/** GSM 03.38: letters a text of 160 may hold; one other letter makes it one of 70. */
const GSM = /^[\n\r !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z¡£¤¥§¿ÄÅÆÉÑÖØÜßàäåæèéìñòöøùüΔΦΓΛΩΠΨΣΘΞ^{}\\[\]~|€]*$/u;
const GSM_DOUBLE = /[\^{}\\[\]~|€]/gu;

/** Into how many parts the networks cut a text, which is what a text costs: 160 or 70 letters alone, 153 or 67 each when several. */
export const segmentsOf = (text: string): number => {
  const isGsm = GSM.test(text);
  const length = isGsm ? text.length + (text.match(GSM_DOUBLE)?.length ?? 0) : text.length;
  const [alone, each] = isGsm ? [160, 153] : [70, 67];
  return length <= alone ? 1 : Math.ceil(length / each);
};
