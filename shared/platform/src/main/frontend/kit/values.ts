/** A value at a path such as `namespaces[0].cluster`; undefined where nothing stands. */
export function valueAt(whole: unknown, path: string): unknown {
  let here = whole;
  for (const step of steps(path)) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

/** Puts a value at a path, making the objects and lists on the way. */
export function putAt(whole: Record<string, unknown>, path: string, value: unknown): void {
  const way = steps(path);
  let here: Record<string | number, unknown> = whole;
  way.forEach((step, index) => {
    const next = way[index + 1];
    if (next === undefined) {
      here[step] = value;
      return;
    }
    here[step] ??= typeof next === "number" ? [] : {};
    here = here[step] as Record<string | number, unknown>;
  });
}

function steps(path: string): (string | number)[] {
  const found = [...path.matchAll(/[^.[\]]+/g)].map(([part]) => (/^\d+$/.test(part) ? Number(part) : part));
  if (found.some((step) => step === "__proto__" || step === "constructor" || step === "prototype")) {
    throw new RangeError(`not a field: ${path}`);
  }
  return found;
}
