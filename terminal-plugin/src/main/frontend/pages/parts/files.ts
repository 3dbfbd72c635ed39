import {
  card,
  confirm,
  copyButton,
  empty,
  fill,
  getJson,
  h,
  problemNotice,
  progress,
  quantity,
  remark,
  Table,
  text,
  toast,
  when,
} from "@shera/kit";
import { chosenOf, droppedOf, type Dropped } from "./dropped";
import { fetchFile, save } from "./download";
import { Editor } from "./editor";
import { tarOf, type Packed } from "./tar";
import { send, sendFile } from "./upload";

interface Listed {
  readonly name: string;
  readonly kind: "file" | "folder" | "link" | "special";
  readonly mode: string;
  readonly size: number;
  readonly written: string;
  readonly reachable: boolean;
}

const LARGEST_EDIT = 1024 * 1024;

/** The files of the chosen container: walk, download, upload by hand or by drop, edit, delete. */
export class Files {
  readonly element: HTMLElement;
  private folder = "/";
  private names = new Set<string>();
  private readonly address = h("input", {
    class: "jenkins-input shera-files__path",
    type: "text",
    "aria-label": text("files.folder"),
    autocomplete: "off",
    spellcheck: "false",
  });
  private readonly picker = h("input", { type: "file", multiple: true, class: "shera-offscreen", tabindex: -1 });
  private readonly folderPicker = h("input", { type: "file", class: "shera-offscreen", tabindex: -1 });
  private readonly said = h("div", {});
  private readonly sending = h("div", {});
  private readonly place = h("div", { class: "shera-files__drop" });
  private readonly editing = h("div", {});

  constructor(
    private readonly url: string,
    private readonly where: () => Record<string, string>,
  ) {
    this.picker.setAttribute("aria-label", text("files.upload"));
    this.folderPicker.setAttribute("aria-label", text("files.upload.folder"));
    this.folderPicker.webkitdirectory = true;
    const bar = h(
      "form",
      { class: "shera-row" },
      this.address,
      h("button", { type: "submit", class: "jenkins-button" }, text("files.open")),
      this.button("files.up", () => this.up()),
      this.button("files.upload", () => this.picker.click()),
      this.button("files.upload.folder", () => this.folderPicker.click()),
      this.button("files.get.folder", () => void this.download(this.folder, true)),
      this.picker,
      this.folderPicker,
    );
    bar.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.open(this.address.value.trim());
    });
    this.picker.addEventListener(
      "change",
      () => void this.upload({ files: [...(this.picker.files ?? [])], folders: new Map() }),
    );
    this.folderPicker.addEventListener(
      "change",
      () => void this.upload(chosenOf([...(this.folderPicker.files ?? [])])),
    );
    this.place.addEventListener("dragover", (event) => event.preventDefault());
    this.place.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer) void this.drop(event.dataTransfer);
    });
    this.address.value = this.folder;
    this.element = card(text("files"), [bar, this.said, this.sending, this.place, this.editing]);
    this.rest();
  }

  /** Forgets what was shown, since it is another container now. */
  rest(): void {
    fill(this.said);
    fill(this.editing);
    fill(this.place, h("p", { class: "shera-muted" }, text("files.hint")));
  }

  private call(verb: string, path: string, more: Record<string, string> = {}): string {
    return `${this.url}/files/${verb}?${new URLSearchParams({ ...this.where(), path, ...more }).toString()}`;
  }

  private at(name: string): string {
    return `${this.folder === "/" ? "" : this.folder}/${name}`;
  }

  private up(): void {
    void this.open(this.folder.slice(0, this.folder.lastIndexOf("/")) || "/");
  }

  private async open(folder: string): Promise<void> {
    const wanted = folder.replace(/(?<=.)\/+$/, "") || "/";
    try {
      const { files, whole } = await getJson<{ files: readonly Listed[]; whole: boolean }>(this.call("list", wanted));
      this.folder = wanted;
      this.address.value = wanted;
      this.names = new Set(files.map(({ name }) => name));
      const table = this.table();
      table.show(files);
      fill(this.said, !whole && remark("info", text("files.more", files.length)));
      fill(this.place, table.element);
    } catch (thrown) {
      fill(this.said, problemNotice(thrown));
    }
  }

  /** Brings a file or a folder out, with progress and a way to stop, and has the browser save it. */
  private async download(path: string, folder: boolean): Promise<void> {
    const stop = new AbortController();
    const cancel = this.button("files.cancel", () => stop.abort());
    const bar = h("div", {});
    const show = (label: string, done: number | null) => fill(bar, progress(label, done));
    show(text("files.fetching", path), null);
    fill(this.said);
    fill(this.sending, bar, cancel);
    try {
      const call = (verb: string, asked: Record<string, string>) => this.call(verb, path, asked);
      const { content, left } = await fetchFile(call, path, folder, show, stop.signal);
      const name = path.slice(path.lastIndexOf("/") + 1) || "files";
      save(content, folder ? `${name}.tar.gz` : name);
      const said = left > 0 ? text("files.got.left", path, left) : text("files.got", path);
      fill(this.sending, remark("success", said));
    } catch (thrown) {
      fill(this.sending);
      fill(this.said, problemNotice(thrown));
    }
  }

  private table(): Table<Listed> {
    return new Table<Listed>({
      label: text("files"),
      key: ({ name }) => name,
      searchText: ({ name }) => name,
      columns: [
        { title: text("files.name"), value: ({ name }) => name, cell: (file) => this.name(file) },
        { title: text("files.mode"), value: ({ mode }) => mode, cell: ({ mode }) => h("code", {}, mode) },
        {
          title: text("files.size"),
          kind: "number",
          value: ({ size }) => size,
          cell: ({ kind, size }) => (kind === "file" ? quantity(size, "bytes") : ""),
        },
        { title: text("files.written"), value: ({ written }) => written, cell: ({ written }) => when(written) },
        { title: text("actions"), cell: (file) => this.actions(file) },
      ],
      whenEmpty: () => empty(text("files.none"), text("files.none.why")),
    });
  }

  private name(file: Listed): HTMLElement {
    const shown = file.name.replaceAll(/\p{Cc}/gu, "?") + (file.kind === "folder" ? "/" : "");
    if (!file.reachable || (file.kind !== "folder" && file.kind !== "link")) return h("code", {}, shown);
    const open = () => void this.open(this.at(file.name));
    return h("button", { type: "button", class: "jenkins-button jenkins-button--tertiary", onclick: open }, shown);
  }

  private actions(file: Listed): HTMLElement | string {
    if (!file.reachable) return text("files.unreachable");
    const path = this.at(file.name);
    const isFile = file.kind === "file" || file.kind === "link";
    return h(
      "div",
      { class: "shera-row" },
      (isFile || file.kind === "folder") &&
        this.button(
          "files.get",
          () => void this.download(path, file.kind === "folder"),
          text("files.get.of", file.name),
        ),
      file.kind === "file" &&
        file.size <= LARGEST_EDIT &&
        this.button("files.edit", () => void this.edit(path), text("files.edit.of", file.name)),
      this.button("files.delete", () => void this.remove(path), text("files.delete.of", file.name)),
    );
  }

  private async edit(path: string): Promise<void> {
    try {
      const editor = await Editor.open(path, this.call("read", path), {
        save: async (content, expect) => {
          const sha256 = await send(this.call("write", path, { expect }), new Blob([content]));
          await this.open(this.folder);
          return sha256;
        },
        close: () => fill(this.editing),
      });
      fill(this.editing, editor.element);
      editor.element.scrollIntoView({ block: "nearest" });
      fill(this.said);
    } catch (thrown) {
      fill(this.said, problemNotice(thrown));
    }
  }

  private async remove(path: string): Promise<void> {
    const done = await confirm({
      title: text("files.delete.sure", path),
      consequences: [text("files.delete.then")],
      verb: text("files.delete"),
      destructive: true,
      act: async () => void (await send(this.call("delete", path), new Blob([]))),
    });
    if (done) await this.open(this.folder);
  }

  private async drop(data: DataTransfer): Promise<void> {
    try {
      await this.upload(await droppedOf(data));
    } catch (thrown) {
      fill(this.said, problemNotice(thrown));
    }
  }

  private async upload({ files, folders }: Dropped): Promise<void> {
    const all = [
      ...files.map((file) => ({ name: file.name, put: () => this.putFile(file) })),
      ...[...folders].map(([name, packed]) => ({ name, put: () => this.putFolder(name, packed) })),
    ];
    for (const { name, put } of all) {
      try {
        if (this.names.has(name)) await this.replace(this.at(name), folders.has(name), put);
        else await put();
      } catch (thrown) {
        fill(this.sending);
        fill(this.said, problemNotice(thrown));
        break;
      }
    }
    this.picker.value = "";
    this.folderPicker.value = "";
    await this.open(this.folder);
  }

  private async replace(path: string, isFolder: boolean, act: () => Promise<void>): Promise<void> {
    const kind = isFolder ? "files.merge" : "files.replace";
    await confirm({
      title: text(kind, path),
      consequences: [text(`${kind}.then`)],
      verb: text(`${kind}.do`),
      destructive: true,
      act,
    });
  }

  private async putFile(file: File): Promise<void> {
    const path = this.at(file.name);
    const sha256 = await this.put(path, path, file, {});
    toast(text("files.sent", path));
    fill(
      this.sending,
      remark("success", text("files.sent.hash", path, sha256)),
      copyButton(() => sha256),
    );
  }

  private async putFolder(name: string, packed: readonly Packed[]): Promise<void> {
    const path = this.at(name);
    const files = await this.put(path, this.folder, tarOf(packed), { unpack: "true" });
    toast(text("files.sent", path));
    fill(this.sending, remark("success", text("files.sent.folder", path, files)));
  }

  /** Sends with progress and a way to stop; gives what the server says. */
  private async put(shown: string, path: string, content: Blob, more: Record<string, string>): Promise<string> {
    const stop = new AbortController();
    const cancel = this.button("files.cancel", () => stop.abort());
    const show = (share: number) => fill(this.sending, progress(text("files.sending", shown), share), cancel);
    show(0);
    try {
      const call = (verb: string, asked: Record<string, string>) => this.call(verb, path, { ...asked, ...more });
      return await sendFile(call, content, show, stop.signal);
    } catch (thrown) {
      fill(this.sending);
      throw thrown;
    }
  }

  private button(key: string, onclick: () => void, label?: string): HTMLButtonElement {
    return h("button", { type: "button", class: "jenkins-button", onclick, "aria-label": label }, text(key));
  }
}
