/** As much of an OpenAPI 3.1 document as is read here. */
export interface Document {
  paths: Record<string, Record<string, { responses: Record<string, Response> }>>;
  [part: string]: unknown;
}

interface Response {
  headers?: Record<string, { required?: boolean }>;
  content?: Record<string, unknown>;
}

export interface Operation {
  /** Where it stands in the document. */
  pointer: string[];
  operation: { responses: Record<string, Response> };
}

/** Finds an operation by method and path: of two templates that fit, the one with fewer parameters. */
export function matcherOf({ paths }: Document): (method: string, path: string) => Operation | undefined {
  const templates = Object.keys(paths)
    .map((template) => ({ template, parameters: template.split('{').length, fits: patternOf(template) }))
    .toSorted((one, other) => one.parameters - other.parameters);
  return (method, path) => {
    const name = method.toLowerCase();
    for (const { template, fits } of templates) {
      const operation = paths[template]![name];
      if (operation && fits.test(path)) return { pointer: ['paths', template, name], operation };
    }
    return undefined;
  };
}

function patternOf(template: string): RegExp {
  const literal = template.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replaceAll(/\{\w+\}/g, '[^/]*')}$`);
}
