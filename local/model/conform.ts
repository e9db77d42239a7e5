type Schema = Readonly<Record<string, unknown>>;

/**
 * A value that satisfies a JSON schema, made of what `candidate` offers under the same names; what is missing is
 * filled with the least the schema allows. This stands in for the constrained decoding of the real API.
 */
export const conform = (candidate: unknown, schema: Schema): unknown => fill(candidate, { schema, root: schema, name: "value", depth: 0 });

/** A schema may refer to itself; below this depth the least value is taken. */
const DEPTH_MAX = 12;

type Place = { readonly schema: Schema; readonly root: Schema; readonly name: string; readonly depth: number };

const fill = (candidate: unknown, place: Place): unknown => {
  const schema = resolve(place);
  const here = { ...place, schema, depth: place.depth + 1 };
  if ("const" in schema) {
    return schema["const"];
  }
  if (Array.isArray(schema["enum"])) {
    return schema["enum"].includes(candidate) ? candidate : schema["enum"][0];
  }
  const variants = [schema["anyOf"], schema["oneOf"], schema["allOf"]].find((value) => Array.isArray(value))?.filter(isSchema);
  if (variants !== undefined) {
    const fitting = variants.find((variant) => accepts(candidate, resolve({ ...here, schema: variant })));
    return fill(candidate, { ...here, schema: fitting ?? leastOf(variants) });
  }
  const types = [schema["type"]].flat();
  const type = types.find((known) => accepts(candidate, { type: known })) ?? types[0];
  return BY_TYPE[String(type)]?.(candidate, here) ?? null;
};

const BY_TYPE: Readonly<Record<string, (candidate: unknown, place: Place) => unknown>> = {
  string: (candidate, { name }) => (typeof candidate === "string" ? candidate : `stand-in text for ${name}`),
  number: (candidate) => (typeof candidate === "number" ? candidate : 0),
  integer: (candidate) => (typeof candidate === "number" ? Math.round(candidate) : 0),
  boolean: (candidate) => candidate === true,
  array: (candidate, place) => {
    const items = isSchema(place.schema["items"]) ? place.schema["items"] : {};
    const given = Array.isArray(candidate) ? candidate : [];
    const least = place.schema["minItems"] === 1 && given.length === 0 ? [undefined] : given;
    return least.map((item: unknown) => fill(item, { ...place, schema: items }));
  },
  object: (candidate, place) => {
    const properties = isSchema(place.schema["properties"]) ? place.schema["properties"] : {};
    const required = Array.isArray(place.schema["required"]) ? place.schema["required"] : [];
    const offered = isSchema(candidate) ? candidate : {};
    const entries = Object.entries(properties).filter(([key]) => (required.includes(key) && place.depth < DEPTH_MAX) || key in offered);
    return Object.fromEntries(
      entries.map(([key, property]) => [key, fill(offered[key], { ...place, name: key, schema: isSchema(property) ? property : {} })]),
    );
  },
  null: () => null,
};

const resolve = ({ root, schema }: Pick<Place, "root" | "schema">): Schema => {
  const ref = schema["$ref"];
  if (typeof ref !== "string") {
    return schema;
  }
  const target = ref
    .replace(/^#\/?/, "")
    .split("/")
    .filter((part) => part !== "")
    .reduce<unknown>((at, part) => (isSchema(at) ? at[part] : undefined), root);
  return isSchema(target) ? target : {};
};

const accepts = (candidate: unknown, schema: Schema): boolean => {
  if ("const" in schema) {
    return candidate === schema["const"];
  }
  if (Array.isArray(schema["enum"])) {
    return schema["enum"].includes(candidate);
  }
  switch (schema["type"]) {
    case "null":
      return candidate === null;
    case "array":
      return Array.isArray(candidate);
    case "object":
      return isSchema(candidate);
    case "integer":
      return Number.isInteger(candidate);
    default:
      return typeof candidate === schema["type"];
  }
};

const leastOf = (variants: readonly Schema[]): Schema => variants.find((variant) => variant["type"] === "null") ?? variants[0] ?? {};

const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);
