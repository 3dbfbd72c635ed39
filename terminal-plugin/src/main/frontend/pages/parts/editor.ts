import { fill, h, Problem, problemNotice, problemOfAnswer, text, toast } from "@shera/kit";

/** What an editor asks of the page around it. */
export interface EditorEnds {
  /** Saves if the file still has this SHA-256; gives the new one. */
  save(content: string, expect: string): Promise<string>;
  close(): void;
}

/** One text file, saved only if nobody else changed it meanwhile. */
export class Editor {
  readonly element: HTMLElement;
  private readonly area = h("textarea", { class: "jenkins-input shera-area", rows: 18, spellcheck: "false" });
  private readonly said = h("div", {});
  private readonly windows: boolean;

  private constructor(
    path: string,
    content: string,
    private hash: string,
    private readonly ends: EditorEnds,
  ) {
    this.windows = content.includes("\r");
    this.area.value = content;
    this.area.setAttribute("aria-label", path);
    const save = h(
      "button",
      {
        type: "button",
        class: "jenkins-button jenkins-button--primary shera-files__save",
        onclick: () => void this.save(),
      },
      text("files.save"),
    );
    const close = h(
      "button",
      { type: "button", class: "jenkins-button", onclick: () => ends.close() },
      text("files.close"),
    );
    this.element = h(
      "section",
      { class: "shera-stack shera-files__editor" },
      h("h3", {}, path),
      h("div", {}, this.area),
      this.said,
      h("div", { class: "shera-row" }, save, close),
    );
  }

  /** Reads the file; refuses what is not text in UTF-8 with line ends that a page keeps. */
  static async open(path: string, url: string, ends: EditorEnds): Promise<Editor> {
    const answer = await fetch(url, { credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) throw await problemOfAnswer(answer);
    const content = decoded(await answer.arrayBuffer());
    if (content === null)
      throw new Problem(0, { error: text("files.binary"), where: path, next: text("files.binary.next") });
    return new Editor(path, content, answer.headers.get("X-SheRa-SHA256") ?? "", ends);
  }

  private async save(): Promise<void> {
    try {
      const content = this.windows ? this.area.value.replaceAll("\n", "\r\n") : this.area.value;
      this.hash = await this.ends.save(content, this.hash);
      fill(this.said);
      toast(text("files.saved"));
    } catch (thrown) {
      fill(this.said, problemNotice(thrown));
    }
  }
}

/** The text, or null for what a text field would not give back byte by byte. */
function decoded(bytes: ArrayBuffer): string | null {
  try {
    const content = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const mixed = content.includes("\r") && /(^|[^\r])\n|\r(?!\n)/.test(content);
    return mixed || content.includes("\0") ? null : content;
  } catch {
    return null;
  }
}
