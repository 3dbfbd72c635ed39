const END = 0x06054b50;
const DEFLATED = 8;
const LARGEST = 4 * 1024 * 1024;

/** The texts of a zip archive by their path; files that are no text have odd letters, and are for the server to judge. */
export async function unzip(file: File): Promise<Record<string, string>> {
  const bytes = await file.arrayBuffer();
  const view = new DataView(bytes);
  let end = bytes.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) throw new Error(file.name);
  const texts: Record<string, string> = {};
  let at = view.getUint32(end + 16, true);
  let size = 0;
  for (let count = view.getUint16(end + 10, true); count > 0; count--) {
    const packed = view.getUint32(at + 20, true);
    const [named, extra, comment] = [28, 30, 32].map((each) => view.getUint16(at + each, true)) as [
      number,
      number,
      number,
    ];
    const name = new TextDecoder().decode(bytes.slice(at + 46, at + 46 + named));
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (!name.endsWith("/")) {
      const blob = new Blob([bytes.slice(start, start + packed)]);
      const deflated = view.getUint16(at + 10, true) === DEFLATED;
      const content = deflated ? blob.stream().pipeThrough(new DecompressionStream("deflate-raw")) : blob.stream();
      // What an archive says of its sizes need not be so.
      const text = await textOf(content, LARGEST - size);
      if (text === undefined) throw new Error(file.name);
      size += text.size;
      texts[name] = text.content;
    }
    at += 46 + named + extra + comment;
  }
  return texts;
}

/** The text of a stream and its size in bytes; undefined, with the rest unread, where it is longer than that. */
async function textOf(
  stream: ReadableStream<Uint8Array>,
  most: number,
): Promise<{ content: string; size: number } | undefined> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let content = "";
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > most) {
      await reader.cancel();
      return undefined;
    }
    content += decoder.decode(part.value, { stream: true });
  }
  return { content: content + decoder.decode(), size };
}
