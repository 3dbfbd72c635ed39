import type { Packed } from "./tar";

/** What was dropped: plain files, and folders by their names with all that is in them. */
export interface Dropped {
  readonly files: readonly File[];
  readonly folders: ReadonlyMap<string, readonly Packed[]>;
}

/** Looks into dropped folders; has to be called within the event, while the browser still tells what they are. */
export async function droppedOf(data: DataTransfer): Promise<Dropped> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry());
  if (entries.every((entry) => entry === null || entry.isFile)) return { files: [...data.files], folders: new Map() };
  const files: File[] = [];
  const folders = new Map<string, readonly Packed[]>();
  for (const entry of entries) {
    if (entry === null) continue;
    if (entry.isFile) files.push(await fileOf(entry as FileSystemFileEntry));
    else folders.set(entry.name, await below(entry as FileSystemDirectoryEntry, entry.name));
  }
  return { files, folders };
}

/** Files chosen with their folder, as a browser names them: by the path from that folder on. */
export function chosenOf(files: readonly File[]): Dropped {
  const folders = new Map<string, Packed[]>();
  for (const file of files) {
    const path = file.webkitRelativePath;
    const root = path.slice(0, path.indexOf("/"));
    const all = folders.get(root) ?? [];
    all.push({ path, file });
    folders.set(root, all);
  }
  return { files: [], folders };
}

async function below(folder: FileSystemDirectoryEntry, path: string): Promise<Packed[]> {
  const all: Packed[] = [{ path }];
  const reader = folder.createReader();
  for (;;) {
    // A browser gives a hundred at a time, and none when there are no more.
    const some = await new Promise<FileSystemEntry[]>((take, fail) => reader.readEntries(take, fail));
    if (some.length === 0) return all;
    for (const entry of some) {
      const at = `${path}/${entry.name}`;
      if (entry.isFile) all.push({ path: at, file: await fileOf(entry as FileSystemFileEntry) });
      else all.push(...(await below(entry as FileSystemDirectoryEntry, at)));
    }
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((take, fail) => entry.file(take, fail));
}
