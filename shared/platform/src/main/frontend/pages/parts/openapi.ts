/** A schema of OpenAPI 3.0.3, as far as this page reads one. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly (string | number | boolean)[];
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly additionalProperties?: boolean | Schema;
}

interface Parameter {
  readonly $ref?: string;
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

interface Described {
  readonly $ref?: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly content?: Content;
}

interface PathOperation {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Described;
  readonly responses?: Readonly<Record<string, Described>>;
}

/** The document at `/shera/openapi.json`. */
export interface OpenApi {
  readonly info?: { readonly description?: string };
  readonly servers?: readonly { readonly url: string }[];
  readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** One field of a body, a parameter or an answer; `name` is dotted where it stands inside another. */
export interface ApiField {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

/** One call: what it needs and what it gives. */
export interface ApiCall {
  readonly method: string;
  readonly path: string;
  readonly plugin: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly ApiField[];
  readonly body: readonly ApiField[];
  /** A body that is no JSON, by its media type; empty where it is JSON or there is none. */
  readonly rawBody: string;
  readonly answer: readonly ApiField[];
  /** A JSON body with each required field. */
  readonly sample: unknown;
}

const METHODS = ["get", "post", "put", "delete", "patch"];
/** Deeper fields than this are left to the document: a page that lists them all is read by nobody. */
const DEPTH = 3;
const JSON_TYPE = "application/json";

/** All calls of a document, by plugin and address. */
export function callsOf(document: OpenApi): ApiCall[] {
  const reader = new Reader(document);
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) =>
      reader.call(path, method, item[method] as PathOperation, (item["parameters"] ?? []) as Parameter[]),
    ),
  );
}

/** The line for a shell; what the reader fills in stands in braces. */
export function curlOf(call: ApiCall, root: string): string {
  const needed = call.parameters.filter((each) => each.required && !call.path.includes(`{${each.name}}`));
  const query = needed.length > 0 ? `?${needed.map((each) => `${each.name}={${each.name}}`).join("&")}` : "";
  const lines = [`curl --fail-with-body --user "$USER:$TOKEN"`, quoted(root + call.path + query)];
  if (call.rawBody) lines.push(`--header ${quoted(`Content-Type: ${call.rawBody}`)}`, "--data-binary @{file}");
  else if (call.method !== "GET") lines.push(`--json ${quoted(JSON.stringify(call.sample ?? {}))}`);
  return lines.join(" \\\n  ");
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}

class Reader {
  constructor(private readonly document: OpenApi) {}

  call(path: string, method: string, operation: PathOperation, shared: readonly Parameter[]): ApiCall {
    const body = this.resolved<Described>(operation.requestBody)?.content ?? {};
    const [rawBody = ""] = JSON_TYPE in body ? [] : Object.keys(body);
    const bodySchema = body[JSON_TYPE]?.schema;
    const answer = this.resolved<Described>(operation.responses?.["200"])?.content?.[JSON_TYPE]?.schema;
    return {
      method: method.toUpperCase(),
      path,
      plugin: operation.tags?.[0] ?? "",
      summary: operation.summary ?? "",
      description: operation.description ?? "",
      parameters: [...shared, ...(operation.parameters ?? [])].map((each) => this.parameter(each)),
      body: bodySchema ? this.fields(bodySchema, "", 0) : [],
      rawBody,
      answer: answer ? this.fields(answer, "", 0) : [],
      sample: bodySchema ? this.sample(bodySchema, 0) : undefined,
    };
  }

  private parameter(given: Parameter): ApiField {
    const parameter = this.resolved<Parameter>(given) ?? {};
    const schema = this.schema(parameter.schema);
    return {
      name: parameter.name ?? "",
      type: this.typeOf(schema),
      required: parameter.required === true,
      description: parameter.description ?? schema.description ?? "",
    };
  }

  private fields(given: Schema, prefix: string, depth: number): ApiField[] {
    const schema = this.schema(given);
    if (schema.type === "array" && schema.items) return this.fields(schema.items, `${prefix}[]`, depth);
    if (depth >= DEPTH) return [];
    return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
      const inner = this.schema(value);
      const full = prefix ? `${prefix}.${name}` : name;
      const required = schema.required?.includes(name) ?? false;
      const field = { name: full, type: this.typeOf(inner), required, description: described(value, inner) };
      return [field, ...this.fields(inner, full, depth + 1)];
    });
  }

  private typeOf(schema: Schema): string {
    if (schema.enum) return schema.enum.join(" | ");
    if (schema.oneOf) return [...new Set(schema.oneOf.map((each) => this.typeOf(this.schema(each))))].join(" | ");
    if (schema.type === "array" && schema.items) return `${this.typeOf(this.schema(schema.items))}[]`;
    return schema.format ?? schema.type ?? "object";
  }

  private sample(given: Schema, depth: number): unknown {
    const schema = this.schema(given);
    if (schema.default !== undefined) return schema.default;
    if (schema.enum) return schema.enum[0];
    switch (schema.type) {
      case "integer":
      case "number":
        return 1;
      case "boolean":
        return true;
      case "string":
        return "…";
      case "array":
        return depth < DEPTH && schema.items ? [this.sample(schema.items, depth + 1)] : [];
      default:
        return Object.fromEntries(
          (depth < DEPTH ? (schema.required ?? []) : [])
            .filter((name) => schema.properties?.[name])
            .map((name) => [name, this.sample(schema.properties?.[name] ?? {}, depth + 1)]),
        );
    }
  }

  /** The schema itself, with parts joined; a circle of references ends as nothing. */
  private schema(given: Schema | undefined): Schema {
    const schema = this.resolved<Schema>(given) ?? {};
    if (!schema.allOf) return schema;
    const parts = schema.allOf.map((each) => this.resolved<Schema>(each) ?? {});
    return {
      ...schema,
      type: "object",
      properties: Object.assign({}, ...parts.map((each) => each.properties ?? {}), schema.properties ?? {}),
      required: [...parts, schema].flatMap((each) => each.required ?? []),
    };
  }

  private resolved<T extends { readonly $ref?: string }>(given: T | undefined): T | undefined {
    let value = given;
    for (let hop = 0; value?.$ref !== undefined && hop < 8; hop++) {
      const [, kind = "", name = ""] = /^#\/components\/(\w+)\/(.+)$/.exec(value.$ref) ?? [];
      value = this.document.components?.[kind]?.[name] as T | undefined;
    }
    return value;
  }
}

function described(outer: Schema, inner: Schema): string {
  return outer.description ?? inner.description ?? "";
}
