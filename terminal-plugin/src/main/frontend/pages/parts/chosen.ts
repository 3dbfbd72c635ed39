import {
  byHandToggle,
  card,
  curlPost,
  empty,
  fill,
  h,
  pill,
  quantity,
  remark,
  Table,
  text,
  type Tone,
} from "@shera/kit";

interface Changed {
  readonly path: string;
  readonly change: "added" | "changed" | "deleted" | "unreadable" | "special";
  readonly kind: string;
  readonly size: number;
  readonly layer: number;
  readonly config: boolean;
  readonly secret: string;
}

/** What the server found changed in a container. */
export interface Found {
  readonly pod: string;
  readonly container: string;
  readonly seen: string;
  readonly repository: string;
  readonly base: string;
  readonly layers: readonly { digest: string; size: number }[];
  readonly changed: number;
  readonly deleted: number;
  readonly unreadable: number;
  readonly special: number;
  readonly bytes: number;
  readonly configBytes: number;
  readonly files: readonly Changed[];
}

type Ready = "everything" | "config";

const TONES: Readonly<Record<Changed["change"], Tone>> = {
  added: "ok",
  changed: "info",
  deleted: "bad",
  unreadable: "warn",
  special: "idle",
};

/** The list of changes, which of them are taken, and the form of the image. */
export class Chosen {
  readonly cards: readonly HTMLElement[];
  readonly nothing: HTMLElement | null;
  private ready: Ready = "everything";
  private readonly left = new Set<string>();
  private readonly taken = h("p", { role: "status", class: "shera-muted" });
  private readonly place = h("div", {});
  private readonly tag = h("input", { class: "jenkins-input", type: "text", autocomplete: "off", spellcheck: "false" });
  private readonly env = h("textarea", { class: "jenkins-input shera-area", rows: 2, spellcheck: "false" });
  private readonly mask = h("input", { type: "checkbox", id: "shera-package-mask" });

  constructor(
    private readonly found: Found,
    address: string,
    private readonly where: Readonly<Record<string, string>>,
    make: (order: Record<string, unknown>) => void,
  ) {
    const none = found.changed + found.deleted === 0;
    this.nothing = none ? empty(text("package.nothing"), text("package.nothing.why")) : null;
    const { button, panel } = byHandToggle(() => ({ curl: curlPost(address, this.order()) }));
    const go = h(
      "button",
      {
        type: "button",
        class: "jenkins-button jenkins-button--primary shera-package__make",
        onclick: () => make(this.order()),
      },
      text("package.make"),
    );
    this.cards = [
      card(text("package.changes"), [this.facts(), ...this.remarks(), this.readySets(), this.taken, this.place]),
      card(text("package.image"), [
        h("div", { class: "shera-terminal__bar" }, h("label", {}, text("package.tag"), this.tag)),
        h("div", { class: "shera-terminal__bar" }, h("label", {}, text("package.env"), this.env)),
        h("div", { class: "shera-check" }, this.mask, h("label", { for: this.mask.id }, text("package.mask"))),
        h("div", { class: "shera-row" }, go, button),
        panel,
      ]),
    ];
    this.draw();
  }

  private facts(): HTMLElement {
    const { base, repository, pod, container, changed, deleted } = this.found;
    const rows: readonly (readonly [string, string])[] = [
      ["container", `${pod} / ${container}`],
      ["package.base", base],
      ["package.image", repository],
      ["package.change", text("package.count", changed, deleted)],
    ];
    return h(
      "dl",
      { class: "shera-facts" },
      ...rows.flatMap(([key, value]) => [h("dt", {}, text(key)), h("dd", {}, value)]),
    );
  }

  private remarks(): HTMLElement[] {
    const { unreadable, changed, deleted, special, files } = this.found;
    const said: HTMLElement[] = [];
    if (unreadable > 0) said.push(remark("warning", text("package.unreadable", unreadable)));
    if (files.length < changed + deleted + unreadable + special) {
      said.push(remark("info", text("package.cut", files.length)));
    }
    return said;
  }

  private readySets(): HTMLElement {
    const buttons = (["everything", "config"] as const).map((ready) => {
      const choose = () => {
        this.ready = ready;
        this.left.clear();
        buttons.forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
        this.draw();
      };
      const button = h(
        "button",
        { type: "button", class: "shera-chip", "aria-pressed": String(ready === this.ready), onclick: choose },
        text(`package.set.${ready}`),
      );
      return button;
    });
    return h("div", { class: "shera-chips", role: "group", "aria-label": text("package.set") }, ...buttons);
  }

  /** Whether the ready set has it; what cannot be packaged never is. */
  private isOffered(row: Changed): boolean {
    if (row.change === "unreadable" || row.change === "special") return false;
    return this.ready === "everything" || row.config;
  }

  private draw(): void {
    const layers = this.found.layers.length;
    const table = new Table<Changed>({
      label: text("package.changes"),
      key: (row) => row.path,
      searchText: (row) => row.path,
      columns: [
        { title: text("package.set"), kind: "tight", cell: (row) => this.box(row) },
        {
          title: text("package.path"),
          value: (row) => row.path,
          cell: (row) => [
            h("code", {}, row.path.replaceAll(/\p{Cc}/gu, "?")),
            row.secret !== "" && [" ", pill("bad", text("package.secret"), row.secret)],
          ],
        },
        {
          title: text("package.change"),
          value: (row) => row.change,
          cell: (row) => pill(TONES[row.change], text(`package.is.${row.change}`)),
        },
        {
          title: text("package.size"),
          kind: "number",
          value: (row) => row.size,
          cell: (row) => (row.kind === "file" ? quantity(row.size, "bytes") : ""),
        },
        {
          title: text("package.layer"),
          value: (row) => row.layer,
          cell: (row) =>
            row.layer >= 0
              ? h(
                  "span",
                  { title: this.found.layers[row.layer]?.digest },
                  text("package.layer.of", row.layer + 1, layers),
                )
              : h("span", { class: "shera-muted" }, row.change === "added" ? text("package.layer.new") : ""),
        },
      ],
      whenEmpty: () => empty(text("package.nothing"), text("package.nothing.why")),
    });
    table.show(this.found.files);
    fill(this.place, table.element);
    this.count();
  }

  private box(row: Changed): HTMLElement {
    const offered = this.isOffered(row);
    const box = h("input", {
      type: "checkbox",
      "aria-label": text("package.take", row.path),
      disabled: !offered,
      checked: offered && !this.left.has(row.path),
    });
    box.addEventListener("change", () => {
      if (box.checked) this.left.delete(row.path);
      else this.left.add(row.path);
      this.count();
    });
    return box;
  }

  private count(): void {
    const { files, bytes, configBytes } = this.found;
    const out = files.filter((row) => this.left.has(row.path));
    const all = this.ready === "everything" ? bytes : configBytes;
    const rest = all - out.reduce((sum, row) => sum + row.size, 0);
    const number = files.filter((row) => this.isOffered(row)).length - out.length;
    this.taken.textContent = text("package.taken", number, quantity(rest, "bytes"));
  }

  private order(): Record<string, unknown> {
    const env = this.env.value
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => {
        const at = line.indexOf("=");
        return { name: line.slice(0, Math.max(at, 0)).trim(), value: line.slice(at + 1) };
      });
    return {
      ...this.where,
      seen: this.found.seen,
      tag: this.tag.value.trim(),
      set: this.ready,
      exclude: [...this.left],
      mask: this.mask.checked,
      env,
    };
  }
}
