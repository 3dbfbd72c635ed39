const BLOCK = 512;
const LONGEST_PLAIN = 100;
const LARGEST_OCTAL = 8 ** 11;

/** A file, or without one a folder, under its path in the archive. */
export interface Packed {
  readonly path: string;
  readonly file?: File;
}

/** A tar archive of files that are read only when it is sent, so that it may be larger than the memory. */
export function tarOf(all: readonly Packed[]): Blob {
  const parts: BlobPart[] = [];
  for (const { path, file } of all) {
    const name = new TextEncoder().encode(file === undefined ? `${path}/` : path);
    const size = file?.size ?? 0;
    const written = Math.floor((file?.lastModified ?? Date.now()) / 1000);
    const records = new Uint8Array([
      ...(name.length > LONGEST_PLAIN || name.some((byte) => byte > 126) ? record("path", name) : []),
      ...(size >= LARGEST_OCTAL ? record("size", new TextEncoder().encode(String(size))) : []),
    ]);
    if (records.length > 0) {
      parts.push(
        head(new TextEncoder().encode("PaxHeader"), "x", records.length, written),
        records,
        pad(records.length),
      );
    }
    parts.push(head(name, file === undefined ? "5" : "0", size, written));
    if (file !== undefined) parts.push(file, pad(size));
  }
  parts.push(new Uint8Array(2 * BLOCK));
  return new Blob(parts, { type: "application/x-tar" });
}

/** A pax record, which begins with its own length. */
function record(key: string, value: Uint8Array): Uint8Array {
  const rest = key.length + value.length + 3;
  let length = rest + String(rest).length;
  length = rest + String(length).length;
  return new Uint8Array([...new TextEncoder().encode(`${length} ${key}=`), ...value, 10]);
}

function pad(size: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}

function head(name: Uint8Array, kind: string, size: number, written: number): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(BLOCK);
  const put = (at: number, value: string) => block.set(new TextEncoder().encode(value), at);
  const octal = (at: number, length: number, value: number) =>
    put(
      at,
      Math.max(0, value)
        .toString(8)
        .padStart(length - 1, "0"),
    );
  block.set(name.subarray(0, LONGEST_PLAIN), 0);
  octal(100, 8, kind === "5" ? 0o755 : 0o644);
  octal(108, 8, 0);
  octal(116, 8, 0);
  octal(124, 12, size >= LARGEST_OCTAL ? 0 : size);
  octal(136, 12, written);
  put(148, " ".repeat(8));
  put(156, kind);
  put(257, "ustar\u000000");
  octal(
    148,
    7,
    block.reduce((sum, byte) => sum + byte, 0),
  );
  block[154] = 0;
  return block;
}
